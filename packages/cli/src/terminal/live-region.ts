/**
 * The last lines of a terminal, drawn again and again, below lines that stay. The cursor waits at the beginning of the
 * region: whatever else is printed, however the terminal is resized, and however the process ends, everything from there on
 * is ours to erase, and nothing above it is. No mode of the terminal stays changed between two writes.
 */
import { cutToWidth } from './cut-to-width.js';

export interface LiveRegion {
  /** What is shown may have changed. */
  update(): void;
  /** Writes whole lines, which then stand above the region. An empty text makes room for what another stream writes. */
  above(text: string): void;
  /** Erases the region for good. */
  end(): void;
}

export interface LiveRegionOptions {
  /** Lines without styles that are still marks; asked for every time. */
  readonly lines: (size: TerminalSize) => readonly string[];
  readonly size: () => TerminalSize;
  readonly write: (text: string) => void;
  readonly nowMs: () => number;
  /** Calls until it is told to stop. Must not keep the process alive. */
  readonly every: (ms: number, call: () => void) => () => void;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

const tickMs = 100;

/** Drawing may take a tenth of the time that has passed; beyond that it waits for the next tick. */
const share = 0.1;
const headStartMs = 5;

export function createLiveRegion({ lines, size, write, nowMs, every }: LiveRegionOptions): LiveRegion {
  const startedMs = nowMs();
  let spentMs = 0;
  let shown = '';
  let isOver = false;

  const erased = () => {
    if (shown === '') return '';
    shown = '';
    return '\r\u001b[J';
  };
  const draw = () => {
    if (isOver) return;
    const beganMs = nowMs();
    const { columns, rows } = size();
    // The last column stays free: a character there makes some terminals wrap. The last row holds the cursor of a prompt.
    const fitting = lines({ columns, rows })
      .slice(0, Math.max(1, rows - 1))
      .map((line) => cutToWidth(line, columns - 1));
    const text = fitting.join('\n');
    if (text !== shown) {
      const up = fitting.length > 1 ? `\u001b[${fitting.length - 1}A` : '';
      // Where a terminal takes a character for wider than we do, the line must not wrap either.
      if (text === '') write(erased());
      else write(`${erased()}\u001b[?7l${text}\u001b[?7h${up}\r`);
      shown = text;
    }
    spentMs += nowMs() - beganMs;
  };
  const stop = every(tickMs, draw);
  return {
    update() {
      // At once, for the node that begins now may hold the thread for long.
      if (spentMs < headStartMs + share * (nowMs() - startedMs)) draw();
    },
    above(text) {
      write(`${erased()}${text}`);
    },
    end() {
      stop();
      isOver = true;
      write(erased());
    },
  };
}
