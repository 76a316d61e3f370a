import { fanOutsAround, type Graph } from '@flowerpower/core';
import type { RunEvent } from '@flowerpower/runtime';
import type { Terminal } from '../terminal/terminal.js';
import { liveLines } from './live-lines.js';
import { watchRun } from './run-watch.js';

export interface LiveProgress {
  see(event: RunEvent): void;
  /** Nothing of it stays on the terminal. */
  end(): void;
}

/** Shows what runs now below all other lines. Undefined where nobody looks; see `Terminal.live`. */
export function startProgress(graph: Graph, terminal: Terminal): LiveProgress | undefined {
  const nowMs = () => performance.now();
  const watch = watchRun(nowMs, fanOutsAround(graph));
  const region = terminal.live((size) => liveLines(watch, nowMs(), size, terminal));
  if (region === undefined) return undefined;
  return {
    see(event) {
      watch.see(event);
      if (event.type === 'run.finished') region.end();
      else region.update();
    },
    end: region.end,
  };
}
