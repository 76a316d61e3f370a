/** Laws that hold for every graph, on random ones, against an interpreter too simple to be wrong. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDriver, node } from '../index.js';

interface RandomNode {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly asynchronous: boolean;
}

/** Acyclic by construction: a node may need only nodes with a smaller number. */
const graphs = fc
  .array(fc.record({ needs: fc.array(fc.nat(), { maxLength: 4 }), asynchronous: fc.boolean() }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((nodes) =>
    nodes.map(
      ({ needs, asynchronous }, index): RandomNode => ({
        name: `n${index}`,
        dependencies: index === 0 ? [] : [...new Set(needs.map((need) => `n${need % index}`))],
        asynchronous,
      }),
    ),
  );

const digest = (name: string, values: readonly unknown[]) => `${name}(${values.join(',')})`;

function moduleOf(nodes: readonly RandomNode[], onCall: (name: string) => void = () => {}) {
  return Object.fromEntries(
    nodes.map(({ name, dependencies, asynchronous }) => [
      name,
      node({ inputs: dependencies }, (...values: never[]) => {
        onCall(name);
        const value = digest(name, values);
        return asynchronous ? Promise.resolve(value) : value;
      }),
    ]),
  );
}

function interpret(
  nodes: readonly RandomNode[],
  overrides: Record<string, string> = {},
): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, dependencies } of nodes) {
    values.set(
      name,
      overrides[name] ??
        digest(
          name,
          dependencies.map((need) => values.get(need)),
        ),
    );
  }
  return values;
}

const run = (nodes: readonly RandomNode[], outputs: readonly string[], options: object = {}) =>
  createDriver({ modules: [moduleOf(nodes) as object] }).execute(outputs as string[], options);

const requests = graphs.chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    outputs: fc.uniqueArray(fc.constantFrom(...nodes.map(({ name }) => name)), { minLength: 1 }),
  }),
);

test('every output equals that of the naive interpreter, at any concurrency', async () => {
  await fc.assert(
    fc.asyncProperty(
      requests,
      fc.integer({ min: 1, max: 16 }),
      async ({ nodes, outputs }, maxConcurrency) => {
        const expected = interpret(nodes);
        const result = await run(nodes, outputs, { maxConcurrency });
        expect(result).toEqual(Object.fromEntries(outputs.map((name) => [name, expected.get(name)])));
      },
    ),
  );
});

test('the order of declaration changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(requests, fc.infiniteStream(fc.nat()), async ({ nodes, outputs }, random) => {
      const shuffled = nodes
        .map((one) => ({ one, key: random.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one);
      expect(await run(shuffled, outputs)).toEqual(await run(nodes, outputs));
    }),
  );
});

test('the plan is what runs: each planned node once, after everything it needs', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ nodes, outputs }) => {
      const called: string[] = [];
      const driver = createDriver({ modules: [moduleOf(nodes, (name) => called.push(name)) as object] });
      await driver.execute(outputs);
      expect([...called].sort()).toEqual([...driver.plan(outputs).nodes].sort());
      const needs = new Map(nodes.map(({ name, dependencies }) => [name, dependencies]));
      for (const [position, name] of called.entries()) {
        for (const need of needs.get(name)!) expect(called.indexOf(need)).toBeLessThan(position);
      }
    }),
  );
});

test('overriding a node equals replacing it by a constant', async () => {
  await fc.assert(
    fc.asyncProperty(requests, fc.nat(), async ({ nodes, outputs }, pick) => {
      const { name } = nodes[pick % nodes.length]!;
      const expected = interpret(nodes, { [name]: 'fixed' });
      const result = await run(nodes, outputs, { overrides: { [name]: 'fixed' } });
      expect(result).toEqual(Object.fromEntries(outputs.map((output) => [output, expected.get(output)])));
    }),
  );
});

test('with continue, exactly the nodes downstream of a failure are skipped', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.nat(), async (nodes, pick) => {
      const bad = nodes[pick % nodes.length]!.name;
      const module: Record<string, unknown> = moduleOf(nodes);
      const { dependencies } = nodes.find(({ name }) => name === bad)!;
      module[bad] = node({ inputs: dependencies }, () => {
        throw new Error('bad');
      });
      const downstream = new Set([bad]);
      for (const { name, dependencies: needs } of nodes) {
        if (needs.some((need) => downstream.has(need))) downstream.add(name);
      }
      const outputs = nodes.map(({ name }) => name);
      const report = await createDriver({ modules: [module as object] }).run(outputs, {
        onError: 'continue',
      });
      expect(Object.keys(report.outputs).sort()).toEqual(
        outputs.filter((name) => !downstream.has(name)).sort(),
      );
      for (const name of outputs) {
        const status = name === bad ? 'failed' : downstream.has(name) ? 'skipped' : 'success';
        expect(report.nodes[name]?.status).toBe(status);
      }
    }),
  );
});
