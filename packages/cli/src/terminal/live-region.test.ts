/** What a person sees, read from the screen of a real terminal's emulator. */
import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '@flowerpower/visualize/display-width';
import { cutToWidth } from './cut-to-width.js';
import { createLiveRegion, type LiveRegion } from './live-region.js';

interface Screen extends LiveRegion {
  readonly show: (lines: readonly string[]) => void;
  readonly pass: (ms: number) => void;
  readonly tick: () => void;
  readonly writes: () => number;
  resize(columns: number, rows: number): Promise<void>;
  /** Everything that has ever been on it, from the first line to the last that is not empty. */
  text(): Promise<string[]>;
}

function screen(columns: number, rows: number, costMs = 0): Screen {
  const terminal = new Terminal({
    cols: columns,
    rows,
    scrollback: 100_000,
    allowProposedApi: true,
    convertEol: true,
  });
  let tick = () => {};
  let writes = 0;
  const state = { ms: 0, lines: [] as readonly string[] };
  const written = () => new Promise<void>((resolve) => terminal.write('', resolve));
  const region = createLiveRegion({
    lines: () => state.lines,
    size: () => ({ columns: terminal.cols, rows: terminal.rows }),
    write(text) {
      writes++;
      state.ms += costMs;
      terminal.write(text);
    },
    nowMs: () => state.ms,
    every(_ms, call) {
      tick = call;
      return () => (tick = () => {});
    },
  });
  return {
    ...region,
    show: (lines) => void (state.lines = lines),
    pass: (ms) => void (state.ms += ms),
    tick: () => tick(),
    writes: () => writes,
    async resize(to, high) {
      await written();
      terminal.resize(to, high);
    },
    async text() {
      await written();
      const { active } = terminal.buffer;
      const found: string[] = [];
      for (let at = 0; at < active.length; at++) {
        const line = active.getLine(at)!;
        const text = line.translateToString(true);
        if (line.isWrapped) found.push(`${found.pop() ?? ''}${text}`);
        else found.push(text);
      }
      while (found.at(-1) === '') found.pop();
      return found;
    },
  };
}

test('lines that stay stand above, the region below, and nothing of it is left at the end', async () => {
  const made = screen(80, 24);
  made.above('first\n');
  made.show(['▸ a', '▸ b', '0 of 2']);
  made.update();
  expect(await made.text()).toEqual(['first', '▸ a', '▸ b', '0 of 2']);
  made.above('✓ a\n');
  made.show(['▸ b', '1 of 2']);
  made.tick();
  expect(await made.text()).toEqual(['first', '✓ a', '▸ b', '1 of 2']);
  made.end();
  expect(await made.text()).toEqual(['first', '✓ a']);
  made.update();
  expect(await made.text()).toEqual(['first', '✓ a']);
});

test('what is shown already is not written again', () => {
  const made = screen(80, 24);
  made.show(['▸ a']);
  made.update();
  const writes = made.writes();
  made.tick();
  made.update();
  expect(made.writes()).toBe(writes);
});

test('lines are cut where the terminal ends, wide characters and colours counted as they look', async () => {
  const made = screen(12, 4);
  made.show(['\u001b[36m▸\u001b[39m 注文を集計する 12 s', 'abc', 'd', 'e', 'f']);
  made.update();
  expect(await made.text()).toEqual(['▸ 注文を集…', 'abc', 'd']);
});

test('fewer rows and columns than anything needs', async () => {
  for (const [columns, rows] of [
    [1, 1],
    [2, 1],
    [3, 2],
  ] as const) {
    const made = screen(columns, rows);
    made.show(['▸ a long name', '0 of 2']);
    made.update();
    made.above('x\n');
    made.end();
    expect(await made.text()).toEqual(['x']);
  }
});

test('ten thousand nodes: drawing takes a tenth of the time, and every line is there', async () => {
  const made = screen(80, 24, 1);
  for (let node = 0; node < 10_000; node++) {
    made.show([`▸ node${node}`, `${node} of 10000`]);
    made.update();
    made.above(`✓ node${node}\n`);
  }
  const draws = made.writes() - 10_000;
  // A millisecond for each write: ten seconds of lines, and one of drawing.
  expect(draws).toBeGreaterThan(500);
  expect(draws).toBeLessThan(1500);
  made.end();
  expect(await made.text()).toEqual(Array.from({ length: 10_000 }, (_, node) => `✓ node${node}`));
});

const line = fc
  .string({ unit: fc.constantFrom('a', 'b ', '注', 'é', '👍', '─'), minLength: 1, maxLength: 40 })
  .map((text) => `|${text}|`);

const action = fc.oneof(
  line.map((text) => ({ type: 'above', text }) as const),
  fc.array(line, { maxLength: 6 }).map((lines) => ({ type: 'draw', lines }) as const),
  fc.record({
    type: fc.constant('resize' as const),
    columns: fc.integer({ min: 20, max: 100 }),
    rows: fc.integer({ min: 24, max: 40 }),
  }),
);

describe('whatever is drawn, printed and resized', () => {
  test('what was printed stands there, in order, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const made = screen(60, 24);
        const printed: string[] = [];
        for (const each of actions) {
          made.pass(1000);
          if (each.type === 'above') {
            made.above(`${each.text}\n`);
            printed.push(each.text);
          } else if (each.type === 'draw') {
            made.show(each.lines);
            made.update();
          } else {
            await made.resize(each.columns, each.rows);
            made.update();
          }
        }
        made.end();
        expect(await made.text()).toEqual(printed);
      }),
    );
  });
});

test('a cut line is never wider than it may be, and says that it was cut', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 0, max: 50 }), (text, width) => {
      const cut = cutToWidth(text, width);
      expect(displayWidth(cut)).toBeLessThanOrEqual(width);
      if (displayWidth(text) <= width) expect(cut).toBe(text);
      else if (width > 0) expect(cut.endsWith('…')).toBe(true);
    }),
  );
});
