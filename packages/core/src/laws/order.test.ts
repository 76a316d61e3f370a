/** What runs, how often, and in which order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret } from './__fixtures__/interpret.js';
import { concurrencies, driverOf, inputsOf, requests, runShuffled } from './__fixtures__/run-graph.js';
import { watchCalls } from './__fixtures__/watch-calls.js';

test('a node starts after everything that it receives has ended, whatever is picked first', async () => {
  const picks = fc.infiniteStream(fc.nat());
  await fc.assert(
    fc.asyncProperty(requests(), picks, concurrencies, async (request, random, maxConcurrency) => {
      const reference = interpret(request.graph);
      const tooEarly: string[] = [];
      const watch = watchCalls((node, item) => {
        const missing = reference.callsBefore(node, item).filter((call) => !watch.ended.has(call));
        if (missing.length > 0)
          tooEarly.push(`${node.name} of ${item.join('.')} before ${missing.join(', ')}`);
      });
      const pick = (count: number) => (random.next().value as number) % count;
      const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
      await runShuffled(request, pick, { onCall: watch.onCall, ...limit });
      expect(tooEarly).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

test('without branches exactly what the outputs need is called, each node once for each item', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ branches: false }), async ({ graph, outputs }) => {
      const watch = watchCalls();
      await driverOf(graph, watch).execute(outputs as never, { inputs: inputsOf(graph) });
      expect([...watch.started].sort()).toEqual([...interpret(graph).mostCallsFor(outputs)].sort());
    }),
    { numRuns: 120 },
  );
});

test('with branches at least what is chosen is called, at most what is planned, and nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(requests(), async ({ graph, outputs }) => {
      const watch = watchCalls();
      const driver = driverOf(graph, watch);
      await driver.execute(outputs as never, { inputs: inputsOf(graph) });
      const called = new Set(watch.started);
      expect(called.size).toBe(watch.started.length);
      const reference = interpret(graph);
      expect([...reference.callsFor(outputs)].filter((call) => !called.has(call))).toEqual([]);
      const most = reference.mostCallsFor(outputs);
      expect([...called].filter((call) => !most.has(call))).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

test('without fan-outs a side that is not chosen does not run', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ fanOuts: false }), async ({ graph, outputs }) => {
      const watch = watchCalls();
      await driverOf(graph, watch).execute(outputs as never, { inputs: inputsOf(graph) });
      expect([...watch.started].sort()).toEqual([...interpret(graph).callsFor(outputs)].sort());
    }),
    { numRuns: 120 },
  );
});

test('the plan names what runs, and more only for branches', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ empty: false }), async ({ graph, outputs }) => {
      const watch = watchCalls();
      const driver = driverOf(graph, watch);
      const inputs = inputsOf(graph);
      await driver.execute(outputs as never, { inputs });
      const branches = graph.nodes.filter(({ kind }) => kind === 'branch').map(({ name }) => name);
      const planned = driver.plan(outputs, { inputs }).nodes;
      const called = new Set(watch.started.map((call) => call.split('@')[0]!));
      expect([...called].filter((name) => !planned.includes(name))).toEqual([]);
      if (branches.length === 0) expect([...called].sort()).toEqual([...planned].sort());
      const position = new Map(planned.map((name, index) => [name, index]));
      for (const { name, edges } of graph.nodes.filter((node) => position.has(node.name))) {
        for (const { from } of edges) {
          if (position.has(from)) expect(position.get(from)).toBeLessThan(position.get(name)!);
        }
      }
    }),
    { numRuns: 120 },
  );
});
