import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDriver, node, source, tag } from '../index.js';

const m = {
  spend: node(({ rows }: { rows: number }) => rows, tag({ owner: 'growth', pii: 'no' })),
  signups: node(({ rows }: { rows: number }) => rows, tag({ owner: ['growth', 'web'] })),
  ratio: ({ spend, signups }: { spend: number; signups: number }) => spend / signups,
  report: ({ ratio, title = '' }: { ratio: number; title?: string }) => `${title} ${ratio}`,
};
const driver = createDriver({ modules: [m] });
const namesOf = (nodes: readonly { readonly name: string }[]) => nodes.map(({ name }) => name);

test.each([
  [{}, ['rows', 'spend', 'signups', 'ratio', 'title', 'report']],
  [{ owner: 'growth' }, ['spend', 'signups']],
  [{ owner: 'web' }, ['signups']],
  [{ owner: ['web', 'sales'] }, ['signups']],
  [{ owner: ['growth', 'sales'], pii: 'no' }, ['spend']],
  [{ pii: null }, ['spend']],
  [{ pii: null, owner: 'web' }, []],
  [{ toString: null }, []],
])('the tag filter %j', (tags, names) => {
  expect(namesOf(driver.listAvailableVariables({ tags }))).toEqual(names);
});

test('without a filter every node is listed', () => {
  expect(driver.listAvailableVariables()).toEqual([...driver.graph.nodes.values()]);
});

test('every bad value of a filter is named in one error', () => {
  const list = (tags: object) => () => driver.listAvailableVariables({ tags: tags as never });
  expect(list({ owner: 1 })).toThrow(
    expect.objectContaining({
      code: 'FP_BAD_TAG_FILTER',
      message: expect.stringContaining(
        "The filter of the tag 'owner' must be a text, a list of at least one text, or null",
      ),
    }),
  );
  expect(list({ owner: [], pii: ['no', 2], x: undefined })).toThrow(
    expect.objectContaining({ code: 'FP_BAD_TAG_FILTER', problems: [1, 2, 3].map(() => expect.anything()) }),
  );
});

test('upstream, downstream and the path between include the ends and keep topological order', () => {
  expect(driver.upstreamOf('ratio')).toEqual(['rows', 'spend', 'signups', 'ratio']);
  expect(driver.upstreamOf('spend', 'title')).toEqual(['rows', 'spend', 'title']);
  expect(driver.downstreamOf('spend')).toEqual(['spend', 'ratio', 'report']);
  expect(driver.pathBetween('rows', 'report')).toEqual(['rows', 'spend', 'signups', 'ratio', 'report']);
  expect(driver.pathBetween('report', 'rows')).toEqual([]);
  expect(driver.pathBetween('ratio', 'ratio')).toEqual(['ratio']);
  expect(driver.upstreamOf()).toEqual([]);
});

test('unknown names are one error with a suggestion', () => {
  const ask = driver.upstreamOf as (...names: string[]) => unknown;
  expect(() => ask('ratio', 'spned')).toThrow(
    expect.objectContaining({ code: 'FP_UNKNOWN_NODE', hint: "Did you mean 'spend'?" }),
  );
  expect(() => ask('spned', 'zzzzzz', 'spned')).toThrow(
    expect.objectContaining({
      code: 'FP_UNKNOWN_NODE',
      message:
        "Some nodes do not exist: 2 problems\n  - There is no node 'spned'.\n  - There is no node 'zzzzzz'.",
    }),
  );
  expect(() => driver.pathBetween('nowhere' as 'rows', 'ratio')).toThrow("There is no node 'nowhere'.");
});

test('a node that config replaces needs nothing', () => {
  const replaced = createDriver({ modules: [m], config: { ratio: 2 } });
  expect(replaced.upstreamOf('report')).toEqual(['ratio', 'title', 'report']);
});

/** Acyclic by construction: a node needs only nodes with a smaller number. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 25 })
  .map((needs) =>
    needs.map((list, index) => (index === 0 ? [] : [...new Set(list.map((need) => `n${need % index}`))])),
  );
const driverOf = (needs: readonly (readonly string[])[]) =>
  createDriver({
    modules: [
      Object.fromEntries(
        needs.map((inputs, index) => [`n${index}`, node({ inputs }, () => index)]),
      ) as object,
    ],
  });

test('upstream and downstream are inverse relations; a path is their intersection', () => {
  fc.assert(
    fc.property(graphs, (needs) => {
      const random = driverOf(needs);
      const names = needs.map((_, index) => `n${index}`);
      const up = new Map(names.map((name) => [name, new Set(random.upstreamOf(name))]));
      const down = new Map(names.map((name) => [name, new Set(random.downstreamOf(name))]));
      for (const a of names) {
        for (const b of names) {
          expect(up.get(b)!.has(a)).toBe(down.get(a)!.has(b));
          expect(random.pathBetween(a, b)).toEqual(
            random
              .listAvailableVariables()
              .map(({ name }) => name)
              .filter((name) => down.get(a)!.has(name) && up.get(b)!.has(name)),
          );
        }
        expect(up.get(a)!.has(a)).toBe(true);
        for (const need of needs[Number(a.slice(1))]!) expect(up.get(a)!.has(need)).toBe(true);
      }
      expect(random.upstreamOf(...names.slice(-2))).toEqual(
        random.upstreamOf(...names).filter((name) => names.slice(-2).some((end) => up.get(end)!.has(name))),
      );
    }),
  );
});

test('upstream is what runs', () => {
  fc.assert(
    fc.property(graphs, (needs) => {
      const random = driverOf(needs);
      const last = `n${needs.length - 1}`;
      expect(random.upstreamOf(last)).toEqual(random.plan([last]).nodes);
    }),
  );
});

test('a chain of 100,000 nodes is answered', () => {
  const count = 100_000;
  const step = (value: number) => value;
  const chain: Record<string, unknown> = { n0: () => 0 };
  for (let index = 1; index < count; index++) chain[`n${index}`] = node({ inputs: [`n${index - 1}`] }, step);
  const long = createDriver({ modules: [chain as object] });
  const last = `n${count - 1}`;
  expect(long.upstreamOf(last)).toHaveLength(count);
  expect(long.downstreamOf('n0')).toHaveLength(count);
  expect(long.pathBetween('n0', last)).toHaveLength(count);
  expect(long.exportExecution([last]).nodes).toHaveLength(count);
  expect(new Set(long.versions().nodes.values()).size).toBe(count);
});

test('what params wire is an edge like any other', () => {
  const wired = createDriver({ modules: [m], params: { ratio: { signups: source('report2') } } });
  expect(wired.upstreamOf('ratio')).toEqual(['rows', 'spend', 'report2', 'ratio']);
});
