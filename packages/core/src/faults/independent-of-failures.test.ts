/** With `onError: 'continue'` a failure reaches what depends on it, and the report and its outputs agree. */
import { describe, expect, test } from 'vitest';
import { collect, createDriver, node, parallelizable } from '../index.js';

const fail = (): number => {
  throw new Error('bad');
};
const lists = {
  l: node(() => [1, 2], parallelizable()),
  bad: fail,
  z: ({ l, bad }: { l: number; bad: number }) => l + bad,
  n: node(({ l }: { l: number[] }) => l.length, collect('l')),
  zs: node(({ z }: { z: PromiseSettledResult<number>[] }) => z, collect('z', { onItemError: 'collect' })),
};

describe.each([
  ['synchronous', lists],
  ['asynchronous', { ...lists, bad: async () => fail() }],
])('a node of a fan-out that needs a failed outer node, %s', (kind, m) => {
  const driver = createDriver({ modules: [m] });
  const run = (...names: ('l' | 'z' | 'n' | 'bad' | 'zs')[]) =>
    kind === 'synchronous'
      ? driver.runSync(names, { onError: 'continue' })
      : driver.run(names, { onError: 'continue' });

  test('takes no list from the others', async () => {
    const report = await run('l', 'z', 'n');
    expect(report.outputs).toEqual({ l: [1, 2], n: 2 });
    expect(report.nodes).toMatchObject({
      l: { status: 'success' },
      n: { status: 'success' },
      bad: { status: 'failed' },
      z: { status: 'skipped', because: 'bad' },
    });
    expect(report.errors).toMatchObject([{ node: 'bad' }]);
    expect(report.status).toBe('failed');
  });

  test('is no failure of its items', async () => {
    const report = await run('n', 'zs');
    expect(report.outputs).toEqual({ n: 2 });
    expect(report.nodes['zs']).toEqual({ status: 'skipped', because: 'bad' });
    expect(report.nodes['z']).toEqual({ status: 'skipped', because: 'bad' });
  });

  test('whose results are all that is asked for: its fan-out does not start', async () => {
    const report = await run('zs');
    expect(report.outputs).toEqual({});
    expect(report.nodes['z']).toEqual({ status: 'skipped', because: 'bad' });
  });
});

test('no items at all do not make up for a failure', () => {
  const m = { ...lists, l: node((): number[] => [], parallelizable()) };
  const report = createDriver({ modules: [m] }).runSync(['l', 'z'], { onError: 'continue' });
  expect(report.outputs).toEqual({ l: [] });
  expect(report.nodes['z']).toEqual({ status: 'skipped', because: 'bad' });
});

test('the same inside another fan-out, whose items fail only where they need the failure', async () => {
  const m = {
    rows: node(() => [[1, 2], [3]], parallelizable()),
    bad: ({ rows }: { rows: number[] }) => {
      if (rows.length === 1) throw new Error('short');
      return 1;
    },
    cell: node(({ rows }: { rows: number[] }) => rows, parallelizable()),
    z: ({ cell, bad }: { cell: number; bad: number }) => cell + bad,
    width: node(({ cell }: { cell: number[] }) => cell.length, collect('cell')),
    sums: node(({ z }: { z: number[] }) => z, collect('z')),
    widths: node(({ width }: { width: number[] }) => width, collect('width')),
    all: node(
      ({ sums }: { sums: PromiseSettledResult<number[]>[] }) => sums.map(({ status }) => status),
      collect('sums', { onItemError: 'collect' }),
    ),
  };
  const driver = createDriver({ modules: [m] });
  expect(driver.runSync(['widths', 'all'], { onError: 'continue' }).outputs).toEqual({
    widths: [2, 1],
    all: ['fulfilled', 'rejected'],
  });
});

test('a later round of a fan-out does not begin without a list that has failed, and says so', () => {
  const m = {
    l: node(() => [1, 2], parallelizable()),
    f: ({ l }: { l: number }) => {
      if (l === 1) throw new Error('one');
      return l;
    },
    total: node(({ l }: { l: number[] }) => l[0]! + l[1]!, collect('l')),
    share: ({ l, total }: { l: number; total: number }) => l / total,
    ratio: ({ f, total }: { f: number; total: number }) => f / total,
  };
  const report = createDriver({ modules: [m] }).runSync(['f', 'share', 'ratio'], { onError: 'continue' });
  expect(report.outputs).toEqual({});
  expect(report.nodes).toMatchObject({
    f: { status: 'failed' },
    ratio: { status: 'skipped', because: 'f' },
    share: { status: 'skipped', because: 'f' },
  });
});

test('what is collected with its failures and asked for as a list: every failure is told, and no output is a success', () => {
  const m = {
    l: node(() => [1, 2, 3], parallelizable()),
    f: ({ l }: { l: number }) => {
      if (l !== 2) throw new Error(`x${l}`);
      return l;
    },
    g: ({ f }: { f: number }) => f,
    c: node(
      ({ g }: { g: PromiseSettledResult<number>[] }) => g.map(({ status }) => status).join(),
      collect('g', { onItemError: 'collect' }),
    ),
  };
  const report = createDriver({ modules: [m] }).runSync(['g', 'c'], { onError: 'continue' });
  expect(report.outputs).toEqual({ c: 'rejected,fulfilled,rejected' });
  expect(report.nodes).toMatchObject({
    f: { status: 'failed', error: { item: [0] } },
    g: { status: 'skipped', because: 'f' },
    c: { status: 'success' },
  });
  expect(report.errors).toMatchObject([
    { node: 'f', item: [0] },
    { node: 'f', item: [2] },
  ]);
});
