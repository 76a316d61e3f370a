/** Failures: which are reported, what still runs, and that nothing is left at work. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryCacheStore, NodeExecutionError } from '../index.js';
import { interpret } from './__fixtures__/interpret.js';
import type { RandomGraph } from './__fixtures__/random-graph.js';
import {
  concurrencies,
  driverOf,
  expectedOf,
  hasFailure,
  inputsOf,
  requests,
  runShuffled,
  usesFanOut,
} from './__fixtures__/run-graph.js';
import { Failure } from './__fixtures__/values.js';
import { afterwards, watchCalls } from './__fixtures__/watch-calls.js';

const picks = fc.infiniteStream(fc.nat());

/** Nodes that fail, if they run at all. */
function mayFail({ nodes }: RandomGraph): string[] {
  return nodes.filter(({ fails }) => fails !== 'never').map(({ name }) => name);
}

test('a run fails when an output cannot be had, by a node that fails, and leaves nothing running', async () => {
  await fc.assert(
    fc.asyncProperty(
      requests({ failing: 'anywhere' }),
      picks,
      concurrencies,
      async (request, random, maxConcurrency) => {
        const reference = interpret(request.graph);
        const expected = expectedOf(reference, request.outputs);
        const watch = watchCalls();
        const pick = (count: number) => (random.next().value as number) % count;
        const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
        const report = await runShuffled(request, pick, { ...watch, ...limit });
        expect([...watch.running]).toEqual([]);
        expect(watch.openLists.size).toBe(0);
        const started = watch.started.length;
        await afterwards();
        expect(watch.started).toHaveLength(started);

        expect(report.status).toBe(hasFailure(expected) ? 'failed' : 'success');
        if (!hasFailure(expected)) {
          expect(report.outputs).toEqual(expected);
          return;
        }
        const { node, cause } = report.error as NodeExecutionError;
        expect(mayFail(request.graph)).toContain(node);
        expect((cause as Error).message).toBe(`${node} fails`);
      },
    ),
    { numRuns: 120 },
  );
});

test('execute and executeSync fail alike', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ failing: 'anywhere', synchronous: true }), async ({ graph, outputs }) => {
      const driver = driverOf(graph);
      const options = { inputs: inputsOf(graph) };
      const reported = (error: unknown) => {
        expect(error).toBeInstanceOf(NodeExecutionError);
        return (error as NodeExecutionError).message;
      };
      let made: unknown;
      try {
        made = driver.executeSync(outputs as never, options);
      } catch (error) {
        made = reported(error);
      }
      expect(await driver.execute(outputs as never, options).catch(reported)).toEqual(made);
    }),
    { numRuns: 120 },
  );
});

test.each([false, true])(
  'with continue the outputs that depend on no failure are there, fan-outs: %s',
  async (fanOuts) => {
    await fc.assert(
      fc.asyncProperty(
        requests({ failing: 'outside fan-outs', fanOuts }),
        picks,
        concurrencies,
        async (request, random, maxConcurrency) => {
          const { graph, outputs } = request;
          const reference = interpret(graph);
          const expected = expectedOf(reference, outputs);
          const pick = (count: number) => (random.next().value as number) % count;
          const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
          const report = await runShuffled(request, pick, { onError: 'continue', ...limit });
          const there = Object.keys(expected).filter((name) => !(expected[name] instanceof Failure));
          for (const [name, value] of Object.entries(report.outputs)) expect(value).toEqual(expected[name]);
          // A fan-out that cannot run as a whole does not run in part, so what is collected from it may be missing.
          const lost = there.filter((name) => !(name in report.outputs));
          expect(lost.filter((name) => !usesFanOut(graph, name))).toEqual([]);

          const failing = mayFail(graph);
          for (const { node } of report.errors) expect(failing).toContain(node);
          for (const [name, outcome] of Object.entries(report.nodes)) {
            if (outcome.status === 'failed') expect(failing).toContain(name);
            if (outcome.status === 'skipped') expect(failing).toContain(outcome.because);
          }
        },
      ),
      { numRuns: 120 },
    );
  },
);

test('with continue a node has failed, was skipped for one that failed, or has succeeded', async () => {
  await fc.assert(
    fc.asyncProperty(
      requests({ failing: 'outside fan-outs', fanOuts: false, branches: false }),
      concurrencies,
      async ({ graph, outputs }, maxConcurrency) => {
        const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
        const options = { inputs: inputsOf(graph), onError: 'continue', ...limit } as const;
        const { nodes } = await driverOf(graph).run(outputs as never, options);
        const reference = interpret(graph);
        for (const [name, { status }] of Object.entries(nodes)) {
          const value = reference.output(name);
          const expected =
            value instanceof Failure ? (value.node === name ? 'failed' : 'skipped') : 'success';
          expect([name, status]).toEqual([name, expected]);
        }
      },
    ),
    { numRuns: 120 },
  );
});

test('failures are not obstacle to the cache: cold and warm runs agree with one without', async () => {
  await fc.assert(
    fc.asyncProperty(requests({ failing: 'outside fan-outs' }), async ({ graph, outputs }) => {
      const options = { inputs: inputsOf(graph), onError: 'continue' } as const;
      const plain = await driverOf(graph).run(outputs as never, options);
      const cached = driverOf(graph, { cache: { store: memoryCacheStore() } });
      for (const _ of ['cold', 'warm']) {
        const { outputs: made, status } = await cached.run(outputs as never, options);
        expect({ made, status }).toEqual({ made: plain.outputs, status: plain.status });
      }
    }),
    { numRuns: 120 },
  );
});
