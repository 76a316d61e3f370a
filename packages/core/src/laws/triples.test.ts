/**
 * Any modifiers in any order: a composition does not build, or it gives one and the same whichever way it runs, with
 * promises or without, alone or for each item, with a cache and without. What is said of nodes changes no value.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  branch,
  collect,
  createDriver,
  type FlowerPowerError,
  memoryCacheStore,
  type NodeContext,
  type NodeTask,
  node,
  parallelizable,
  when,
} from '../index.js';
import { given, modifiers, type Row } from './__fixtures__/all-modifiers.js';
import { quiet } from './__fixtures__/run-graph.js';

interface Composition {
  readonly names: readonly string[];
  /** The export runs once for each of two items. */
  readonly isInside: boolean;
  /** Something else takes its value, by a branch. */
  readonly isChosen: boolean;
}

const compositions: fc.Arbitrary<Composition> = fc.record({
  names: fc.uniqueArray(fc.constantFrom(...Object.keys(modifiers)), { minLength: 3, maxLength: 4 }),
  isInside: fc.boolean(),
  isChosen: fc.boolean(),
});

const untyped: (...args: never[]) => object = node;
const base = ({ rows, scale = 1 }: { rows: Row[]; scale?: number }) =>
  rows.map(({ a, b }) => ({ a: a * scale, b }));
const later = async ({ rows, scale = 1 }: { rows: Row[]; scale?: number }) => base({ rows, scale });

/** Given the values of inputs by name; those that the graph does not take are left out. */
function build({ names, isInside, isChosen }: Composition, fn: object, more: object = {}) {
  const steps = names.map((name) => modifiers[name]![1]());
  const m = {
    x: untyped(...([fn, ...steps] as never[])),
    ...(isInside && {
      scale: node(() => [2, 3], parallelizable()),
      all: untyped(...([{ inputs: ['x'] }, (x: unknown) => x, collect('x' as never)] as never[])),
    }),
    ...(isChosen && { chosen: branch('which', { x: 'x', other: 'other' }) }),
  };
  const executors = { here: { execute: ({ call }: NodeTask) => call() } };
  const usesOn = { usesOn: node(() => 0, when({ on: true })) };
  return createDriver({
    modules: [m, usesOn],
    config: { on: true },
    executors,
    log: quiet,
    ...more,
  });
}

type Built = ReturnType<typeof build>;
/** Where no node is called `x`, the branch takes this one. */
const more = { which: 'x', x: [] };

function requestOf({ graph }: Built) {
  const made = [...graph.nodes.values()].filter(({ kind }) => kind !== 'input' && kind !== 'config');
  const inputs = Object.fromEntries(
    Object.entries({ ...given, ...more }).filter(([name]) => graph.inputs.includes(name)),
  );
  return [made.map(({ name }) => name).sort(), { inputs }] as const;
}

type Run = (driver: Built, name: string, options: object) => unknown;
type Outcome = { readonly refused: unknown } | { readonly lines: readonly string[] };

/** Each node by itself, so that one that fails hides no other. */
async function outcomeOf(built: () => Built, run: Run): Promise<Outcome> {
  let driver: Built;
  try {
    driver = built();
  } catch (error) {
    return { refused: (error as FlowerPowerError).code };
  }
  const [names, options] = requestOf(driver);
  const lines: string[] = [];
  for (const name of names) {
    const report = (await run(driver, name, options)) as {
      outputs: Record<string, unknown>;
      errors: { node: string; cause: unknown }[];
    };
    const { outputs, errors } = report;
    lines.push(
      errors.length === 0
        ? `${name} = ${JSON.stringify(outputs[name])}`
        : `${name}: ${errors.map(({ node: failed, cause }) => `${failed} ${String(cause)}`).join('; ')}`,
    );
  }
  return { lines };
}

const inOrder: Run = (driver, name, options) => driver.runSync([name] as never, options);
const promised: Run = (driver, name, options) => driver.run([name] as never, options);

test('a composition gives the same whichever way it runs, or does not build', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(compositions, async (composition) => {
      const expected = await outcomeOf(() => build(composition, base), inOrder);
      const same = async (fn: object, more: object, run: Run) => {
        const driver = (() => {
          let kept: Built | undefined;
          return () => (kept ??= build(composition, fn, more));
        })();
        expect(await outcomeOf(driver, run)).toEqual(expected);
        return driver;
      };
      await same(base, {}, promised);
      await same(later, {}, promised);
      await same(base, {}, (driver, name, options) =>
        promised(driver, name, { ...options, onError: 'continue' }),
      );
      const cache = { store: memoryCacheStore(), defaultLoaderBehavior: 'default' };
      for (const _ of ['cold', 'warm']) await same(base, { cache }, inOrder);
      await same(later, { cache: { store: memoryCacheStore() } }, promised);
      const withoutNotes = composition.names.filter((name) => modifiers[name]![0] !== 'note');
      const bare = await outcomeOf(() => build({ ...composition, names: withoutNotes }, base), inOrder);
      if ('lines' in expected) {
        expect(bare).toEqual(expected);
        runs++;
      }
    }),
    { numRuns: 50 },
  );
  // Otherwise nearly everything is refused, and this shows nothing.
  expect(runs).toBeGreaterThan(10);
});

test('with retry anywhere among the modifiers, a function that fails at first gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(compositions, fc.nat(3), async (composition, at) => {
      const names = composition.names.filter((name) => name !== 'retry').toSpliced(at, 0, 'retry');
      const steady = await outcomeOf(() => build({ ...composition, names }, base), inOrder);
      const flaky = ({ rows, scale = 1 }: { rows: Row[]; scale?: number }, { attempt }: NodeContext) => {
        if (attempt === 1) throw new Error('not yet');
        return base({ rows, scale });
      };
      const delayed = async ({ rows, scale = 1 }: { rows: Row[]; scale?: number }, context: NodeContext) =>
        flaky({ rows, scale }, context);
      expect(await outcomeOf(() => build({ ...composition, names }, flaky), inOrder)).toEqual(steady);
      expect(await outcomeOf(() => build({ ...composition, names }, delayed), promised)).toEqual(steady);
    }),
    { numRuns: 50 },
  );
});
