import { expect, test } from 'vitest';
import { createDriver, printAdapter, type PrintAdapterOptions } from '../index.js';

const m = {
  list: () => [1, 2, 3, 4, 5, 6],
  sum: async ({ list, start = 0 }: { list: number[]; start?: number }) =>
    list.reduce((total, item) => total + item, start),
  bad: (): number => {
    throw new RangeError('too much');
  },
  worse: () => Promise.reject('a text'),
};

async function linesOf(options: PrintAdapterOptions, output: keyof typeof m): Promise<string[]> {
  const lines: string[] = [];
  const print = printAdapter({ ...options, write: (line) => lines.push(line.replace(/[\d.]+ ms/, 'N ms')) });
  await createDriver({ modules: [m], adapters: [print] }).run([output], { inputs: { start: 1 } });
  return lines;
}

test('level 1 prints the end of each node', async () => {
  expect(await linesOf({}, 'sum')).toEqual(['list ended after N ms', 'sum ended after N ms']);
});

test('level 2 also prints starts, inputs and values', async () => {
  expect(await linesOf({ verbosity: 2 }, 'sum')).toEqual([
    'list starts',
    'list ended after N ms with [1, 2, 3, 4, 5, …]',
    'sum starts with list = [1, 2, 3, 4, 5, …], start = 1',
    'sum ended after N ms with 22',
  ]);
});

test('failures are printed with their reason', async () => {
  expect(await linesOf({}, 'bad')).toEqual(['bad failed after N ms: too much']);
  expect(await linesOf({}, 'worse')).toEqual(['worse failed after N ms: "a text"']);
});

test('a filter chooses nodes', async () => {
  expect(await linesOf({ verbosity: 2, nodeFilter: ({ name }) => name === 'list' }, 'sum')).toEqual([
    'list starts',
    'list ended after N ms with [1, 2, 3, 4, 5, …]',
  ]);
});

test('another verbosity is refused', () => {
  expect(() => printAdapter({ verbosity: 3 as 2 })).toThrow(
    expect.objectContaining({ code: 'FP_BAD_ADAPTER_OPTION', message: expect.stringContaining('3') }),
  );
});
