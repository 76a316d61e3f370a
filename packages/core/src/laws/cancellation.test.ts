/** A run that is cancelled at any moment at which something waits. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpret } from './__fixtures__/interpret.js';
import { concurrencies, driverOf, expectedOf, inputsOf, requests } from './__fixtures__/run-graph.js';
import { afterwards, watchCalls } from './__fixtures__/watch-calls.js';

/** When to abort: in the middle of a call, when so many calls have ended, or turns of the event loop have passed. */
const moments = fc.record({ after: fc.constantFrom('starts', 'ends', 'turns'), count: fc.nat({ max: 12 }) });

test('nothing is left running, nothing starts any more, and the listener is gone', async () => {
  await fc.assert(
    fc.asyncProperty(
      requests({ takes: true }),
      moments,
      concurrencies,
      async ({ graph, outputs }, { after, count }, maxConcurrency) => {
        const controller = new AbortController();
        const { signal } = controller;
        let listeners = 0;
        const { addEventListener, removeEventListener } = signal;
        signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
          listeners++;
          addEventListener.apply(signal, args);
        };
        signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
          listeners--;
          removeEventListener.apply(signal, args);
        };
        const watch = watchCalls();
        let startedAtAbort: number | undefined;
        const abort = () => {
          startedAtAbort ??= watch.started.length;
          controller.abort('enough');
        };
        let started = 0;
        let ended = 0;
        const onCall: typeof watch.onCall = (node, item) => {
          const end = watch.onCall(node, item);
          if (after === 'starts' && started++ === count) abort();
          return () => {
            end();
            if (after === 'ends' && ended++ === count) abort();
          };
        };
        const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
        const run = driverOf(graph, { ...watch, onCall }).run(outputs as never, {
          inputs: inputsOf(graph),
          signal,
          ...limit,
        });
        if (after === 'turns') {
          void (async () => {
            for (let turn = 0; turn < count; turn++)
              await new Promise<void>((resolve) => setImmediate(resolve));
            abort();
          })();
        }
        const report = await run;
        const startedAtEnd = watch.started.length;
        expect([...watch.running]).toEqual([]);
        expect(watch.openLists.size).toBe(0);
        expect(listeners).toBe(0);
        await afterwards();
        expect(watch.started).toHaveLength(startedAtEnd);
        if (report.status === 'success') {
          expect(report.outputs).toEqual(expectedOf(interpret(graph), outputs));
          return;
        }
        expect(report.error).toMatchObject({ code: 'FP_RUN_CANCELLED', cause: 'enough' });
        expect(startedAtEnd).toBe(startedAtAbort);
        // What had come to its end by then is right.
        expect(expectedOf(interpret(graph), outputs)).toMatchObject(report.outputs);
      },
    ),
    { numRuns: 400 },
  );
});

test('a synchronous run is cancelled between two nodes', () => {
  fc.assert(
    fc.property(requests({ synchronous: true }), fc.nat({ max: 8 }), ({ graph, outputs }, count) => {
      const controller = new AbortController();
      const watch = watchCalls();
      const onCall: typeof watch.onCall = (node, item) => {
        const end = watch.onCall(node, item);
        if (watch.started.length === count) controller.abort('enough');
        return end;
      };
      const driver = driverOf(graph, { ...watch, onCall });
      const options = { inputs: inputsOf(graph), signal: controller.signal };
      const expected = expectedOf(interpret(graph), outputs);
      if (count === 0) controller.abort('enough');
      let made: unknown;
      try {
        made = driver.executeSync(outputs as never, options);
      } catch (error) {
        expect(error).toMatchObject({ code: 'FP_RUN_CANCELLED', cause: 'enough' });
        expect(watch.started.length).toBe(count);
        expect(watch.openLists.size).toBe(0);
        return;
      }
      // Aborted by the last node, or not at all.
      expect(made).toEqual(expected);
      expect(watch.started.length).toBeLessThanOrEqual(count);
    }),
    { numRuns: 200 },
  );
});
