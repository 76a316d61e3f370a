/** The engine gives what a naive interpreter gives, however it is told to run. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Adapter, memoryCacheStore } from '../index.js';
import { interpret } from './__fixtures__/interpret.js';
import {
  concurrencies,
  driverOf,
  expectedOf,
  inputsOf,
  replaced,
  requests,
  runShuffled,
} from './__fixtures__/run-graph.js';

test('every output equals that of the interpreter, at any concurrency', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ takes: true }), concurrencies, async ({ graph, outputs }, maxConcurrency) => {
      const expected = expectedOf(interpret(graph), outputs);
      const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
      expect(await driverOf(graph).execute(outputs as never, { inputs: inputsOf(graph), ...limit })).toEqual(
        expected,
      );
    }),
    { numRuns: 200 },
  );
});

test('so it is when the scheduler picks any of the nodes that are ready', async () => {
  await fc.assert(
    fc.asyncProperty(requests(), fc.infiniteStream(fc.nat()), async (request, random) => {
      const pick = (count: number) => (random.next().value as number) % count;
      const { outputs, status } = await runShuffled(request, pick);
      expect({ outputs, status }).toEqual({
        outputs: expectedOf(interpret(request.graph), request.outputs),
        status: 'success',
      });
    }),
    { numRuns: 200 },
  );
});

test('executeSync agrees with execute', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ synchronous: true, takes: true }), async ({ graph, outputs }) => {
      const driver = driverOf(graph);
      const options = { inputs: inputsOf(graph) };
      const made = driver.executeSync(outputs as never, options);
      expect(made).toEqual(expectedOf(interpret(graph), outputs));
      expect(await driver.execute(outputs as never, options)).toEqual(made);
    }),
    { numRuns: 200 },
  );
});

test('the order of declaration changes nothing', async () => {
  const shuffled = requests().chain((request) =>
    fc.record({
      request: fc.constant(request),
      order: fc.shuffledSubarray([...request.graph.nodes.keys()], { minLength: request.graph.nodes.length }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ({ request: { graph, outputs }, order }) => {
      const result = await driverOf(graph, { order }).execute(outputs as never, { inputs: inputsOf(graph) });
      expect(result).toEqual(expectedOf(interpret(graph), outputs));
    }),
    { numRuns: 200 },
  );
});

test('overriding a node equals replacing it by a constant', async () => {
  await fc.assert(
    fc.asyncProperty(requests(), fc.nat(), async ({ graph, outputs }, which) => {
      const { name } = graph.nodes[which % graph.nodes.length]!;
      const overrides = { [name]: replaced(interpret(graph).output(name), 'fixed') };
      const expected = expectedOf(interpret(graph, overrides), outputs);
      const result = await driverOf(graph).execute(outputs as never, { inputs: inputsOf(graph), overrides });
      expect(result).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test('the cache changes nothing: cold, warm, and shared by two drivers', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ takes: true }), concurrencies, async ({ graph, outputs }, maxConcurrency) => {
      const store = memoryCacheStore();
      const expected = expectedOf(interpret(graph), outputs);
      const options = {
        inputs: inputsOf(graph),
        ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
      };
      const first = driverOf(graph, { cache: { store } });
      expect(await first.execute(outputs as never, options)).toEqual(expected);
      expect(await first.execute(outputs as never, options)).toEqual(expected);
      expect(await driverOf(graph, { cache: { store } }).execute(outputs as never, options)).toEqual(
        expected,
      );
    }),
    { numRuns: 150 },
  );
});

test('adapters that only watch change nothing', async () => {
  const watching: readonly Adapter[] = [
    { name: 'observer', onRunStart() {}, onNodeStart() {}, onNodeEnd() {}, onRunEnd() {} },
    { name: 'identity', aroundNode: (_, next) => next() },
    { name: 'curious', onNodeStart: ({ inputs }) => Object.values(inputs).length },
    { name: 'asynchronous', onNodeEnd: async () => {} },
  ];
  await fc.assert(
    fc.asyncProperty(
      requests({ takes: true }),
      fc.subarray([...watching]),
      async ({ graph, outputs }, adapters) => {
        const result = await driverOf(graph, { adapters }).execute(outputs as never, {
          inputs: inputsOf(graph),
        });
        expect(result).toEqual(expectedOf(interpret(graph), outputs));
      },
    ),
    { numRuns: 200 },
  );
});

test('runs of one driver at the same time do not see each other', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ takes: true }), concurrencies, async ({ graph, outputs }, maxConcurrency) => {
      const driver = driverOf(graph);
      const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
      const runs = [1, 2, 3].map((which) => {
        const given = Object.fromEntries(
          Object.keys(graph.given).map((name) => [name, `${name} of run ${which}`]),
        );
        return { ...graph, given };
      });
      const made = await Promise.all(
        runs.map((one) => driver.execute(outputs as never, { inputs: inputsOf(one), ...limit })),
      );
      expect(made).toEqual(runs.map((one) => expectedOf(interpret(one), outputs)));
    }),
    { numRuns: 100 },
  );
});
