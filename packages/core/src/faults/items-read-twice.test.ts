/** Items that can be read only once, and are read by several nodes of their fan-out. */
import { describe, expect, test } from 'vitest';
import { collect, createDriver, node, parallelizable } from '../index.js';

function* numbers(n: number) {
  yield* [n, n + 1];
}
const sum = (list: Iterable<number>) => [...list].reduce((total, item) => total + item, 0);
const groups = node(() => [numbers(1), numbers(2)], parallelizable());
const total = ({ groups }: { groups: Iterable<number> }) => sum(groups);
const count = ({ groups }: { groups: Iterable<number> }) => [...groups].length;
const bothOf = ({ total, count }: { total: number[]; count: number[] }) => [total, count];
const readers = { groups, total, count, both: node(bothOf, collect(['total', 'count'])) };
const code = { cause: { code: 'FP_READ_TWICE' } };

describe('items that are iterators', () => {
  test('read by two nodes fail the node that lists them', async () => {
    const driver = createDriver({ modules: [readers] });
    const expected = {
      node: 'groups',
      item: [0],
      message:
        "The node 'groups' failed for item 0: It gave an iterator or a stream, which can be read only once, but is read several times: by 'total', 'count'.",
      ...code,
    };
    expect((await driver.run(['both'])).errors).toMatchObject([expected]);
    expect(driver.runSync(['both']).errors).toMatchObject([expected]);
    expect((await driver.run(['both'], { onError: 'continue' })).error).toMatchObject(expected);
  });

  test('read by one node are read', () => {
    const m = { groups, total, all: node(({ total }: { total: number[] }) => total, collect('total')) };
    expect(createDriver({ modules: [m] }).executeSync(['all'])).toEqual({ all: [3, 5] });
  });

  test('are named as items where failures are collected', async () => {
    const list = [numbers(1), [2, 3]];
    const m = {
      groups: node((): Iterable<number>[] => list, parallelizable()),
      total,
      count,
      both: node(
        ({
          total,
          count,
        }: {
          total: PromiseSettledResult<number>[];
          count: PromiseSettledResult<number>[];
        }) => [total, count],
        collect(['total', 'count'], { onItemError: 'collect' }),
      ),
    };
    for (const report of [
      await createDriver({ modules: [m] }).run(['both']),
      createDriver({ modules: [m] }).runSync(['both']),
    ]) {
      expect(report.status).toBe('success');
      expect(report.outputs.both).toMatchObject([
        [{ status: 'rejected', reason: { node: 'groups', item: [0], ...code } }, { value: 5 }],
        [{ status: 'rejected', reason: { node: 'groups', item: [0], ...code } }, { value: 2 }],
      ]);
      expect(report.nodes).toMatchObject({ groups: { status: 'success', failedItems: 1 } });
    }
  });

  test('read by a node and by what collects them', async () => {
    const m = {
      groups,
      total,
      all: node(
        ({ total, groups }: { total: number[]; groups: Iterable<number>[] }) => [total, groups.map(sum)],
        collect(['total', 'groups']),
      ),
    };
    const report = await createDriver({ modules: [m] }).run(['all']);
    expect(report.errors).toMatchObject([{ node: 'groups', ...code }]);
    expect(report.error?.message).toContain("is read several times: by 'total', what collects it.");
  });

  test('read in two rounds of their fan-out', async () => {
    const m = {
      groups,
      total,
      totals: node(({ total }: { total: number[] }) => total.length, collect('total')),
      late: ({ groups, totals }: { groups: Iterable<number>; totals: number }) => sum(groups) + totals,
      all: node(({ late }: { late: number[] }) => late, collect('late')),
    };
    const report = await createDriver({ modules: [m] }).run(['all']);
    expect(report.errors).toMatchObject([{ node: 'groups', ...code }]);
  });

  test('read by every item of a fan-out inside', async () => {
    const m = {
      groups,
      twice: ({ groups }: { groups: Iterable<number> }) => (groups === undefined ? 1 : 2),
      n: node(({ twice }: { twice: number }) => [twice, 3], parallelizable()),
      x: ({ n, groups }: { n: number; groups: Iterable<number> }) => n * sum(groups),
      xs: node(({ x }: { x: number[] }) => x, collect('x')),
      all: node(({ xs }: { xs: number[][] }) => xs, collect('xs')),
    };
    const report = await createDriver({ modules: [m] }).run(['all']);
    expect(report.errors).toMatchObject([{ node: 'groups', ...code }]);
  });

  test('that a node inside gives are its own', async () => {
    const m = {
      n: node(() => [1, 2], parallelizable()),
      groups: ({ n }: { n: number }) => numbers(n),
      total,
      count,
      both: node(bothOf, collect(['total', 'count'])),
    };
    const report = await createDriver({ modules: [m] }).run(['both']);
    expect(report.errors).toMatchObject([{ node: 'groups', item: [0], ...code }]);
  });

  test('given in the place of a node inside', async () => {
    const driver = createDriver({
      modules: [
        {
          n: node(() => [1, 2], parallelizable()),
          groups: ({ n }: { n: number }) => numbers(n) as Iterable<number>,
          total,
          count,
          both: node(bothOf, collect(['total', 'count'])),
        },
      ],
    });
    const report = await driver.run(['both'], { overrides: { groups: [numbers(1), numbers(2)] as never } });
    expect(report.errors).toMatchObject([{ item: [0], ...code }]);
    expect(await driver.execute(['both'], { overrides: { groups: [[1], [2]] as never } })).toEqual({
      both: [
        [1, 2],
        [1, 1],
      ],
    });
  });
});
