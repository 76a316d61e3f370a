// One graph, run by each contender. Every function takes a fresh module of nodes and gives `(seed) => value`.
import { createDriver } from '@flowerpower/core';
import { Runtime } from '@observablehq/runtime';
import async from 'async';
import { Deferred, Effect } from 'effect';
import { PGraph } from 'p-graph';

const nameOf = (node) => `n${node}`;

export function ours({ nodes }, dependencies, options = {}) {
  const driver = createDriver({ modules: [nodes], ...options });
  const last = nameOf(dependencies.length - 1);
  const outputs = [last];
  return (seed) => driver.executeSync(outputs, { inputs: { seed } })[last];
}

export function oursAsync({ nodes }, dependencies, options = {}) {
  const driver = createDriver({ modules: [nodes], ...options });
  const last = nameOf(dependencies.length - 1);
  const outputs = [last];
  return async (seed) => (await driver.execute(outputs, { inputs: { seed } }))[last];
}

/** One generator, node after node: no concurrency. */
export function effectGen({ nodes }, dependencies, asynchronous = false) {
  const fns = Object.values(nodes);
  const lift = asynchronous ? Effect.promise : Effect.sync;
  const program = (seed) =>
    Effect.gen(function* () {
      const values = [];
      for (const [node, needs] of dependencies.entries()) {
        const given = node === 0 ? [seed] : needs.map((need) => values[need]);
        values.push(yield* lift(() => fns[node](...given)));
      }
      return values.at(-1);
    });
  return asynchronous ? (seed) => Effect.runPromise(program(seed)) : (seed) => Effect.runSync(program(seed));
}

/** A fiber and a Deferred for each node: what a concurrent DAG takes. */
export function effectFibers({ nodes }, dependencies, asynchronous = false) {
  const fns = Object.values(nodes);
  const lift = asynchronous ? Effect.promise : Effect.sync;
  return (seed) =>
    Effect.runPromise(
      Effect.gen(function* () {
        const results = dependencies.map(() => Deferred.makeUnsafe());
        for (const [node, needs] of dependencies.entries()) {
          yield* Effect.forkChild(
            Effect.gen(function* () {
              const given = [];
              for (const need of needs) given.push(yield* Deferred.await(results[need]));
              const value = yield* lift(() => fns[node](...(node === 0 ? [seed] : given)));
              yield* Deferred.succeed(results[node], value);
            }),
          );
        }
        return yield* Deferred.await(results.at(-1));
      }),
    );
}

/** p-graph passes no values, so they go through an array. */
export function pGraph({ nodes }, dependencies) {
  const fns = Object.values(nodes);
  const values = [];
  let input;
  const tasks = new Map(
    dependencies.map((needs, node) => [
      nameOf(node),
      {
        run: () => {
          const value = node === 0 ? fns[0](input) : fns[node](...needs.map((need) => values[need]));
          const keep = (settled) => {
            values[node] = settled;
            return settled;
          };
          return typeof value === 'number' ? keep(value) : value.then(keep);
        },
      },
    ]),
  );
  const edges = dependencies.flatMap((needs, node) => needs.map((need) => [nameOf(need), nameOf(node)]));
  const graph = new PGraph(tasks, edges);
  return async (seed) => {
    input = seed;
    await graph.run();
    return values.at(-1);
  };
}

export function asyncAuto({ nodes }, dependencies, asynchronous = false) {
  const fns = Object.values(nodes);
  return (seed) =>
    new Promise((resolve, reject) => {
      const tasks = {};
      for (const [node, needs] of dependencies.entries()) {
        const names = needs.map(nameOf);
        const call = (results) =>
          node === 0 ? fns[0](seed) : fns[node](...names.map((name) => results[name]));
        // async.auto calls back an async function with its value.
        const task = asynchronous
          ? async (results) => call(results)
          : (results, callback) =>
              callback === undefined ? results(null, call({})) : callback(null, call(results));
        tasks[nameOf(node)] = node === 0 && asynchronous ? async () => call({}) : [...names, task];
      }
      async.auto(tasks, (error, results) =>
        error ? reject(error) : resolve(results[nameOf(dependencies.length - 1)]),
      );
    });
}

/** The runtime of Observable notebooks: cells by name, recomputed when a cell they need is redefined. */
export function observable({ nodes }, dependencies) {
  const fns = Object.values(nodes);
  return async (seed) => {
    const runtime = new Runtime();
    const module = runtime.module();
    module.define('seed', seed);
    for (const [node, needs] of dependencies.entries()) {
      module.define(nameOf(node), node === 0 ? ['seed'] : needs.map(nameOf), fns[node]);
    }
    const value = await module.value(nameOf(dependencies.length - 1));
    runtime.dispose();
    return value;
  };
}
