import { collect, createDriver, node, parallelizable } from '../index.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fanOutsAround } from './fan-outs-around.js';

interface Sketch {
  readonly name: string;
  readonly needs: readonly string[];
  readonly collects: readonly string[];
  /** How many items it fans out to. */
  readonly items: number | undefined;
}

/** Sketches in topological order. Node `n1` fans out to two items, `n2` to three …, so that a count names a node. */
const sketches: fc.Arbitrary<Sketch[]> = fc
  .array(
    fc.record({
      edges: fc.uniqueArray(fc.record({ back: fc.nat({ max: 3 }), isCollect: fc.boolean() }), {
        maxLength: 2,
        selector: ({ back }) => back,
      }),
      isExpander: fc.boolean(),
    }),
    { minLength: 3, maxLength: 7 },
  )
  .map((shapes) =>
    shapes.map(({ edges, isExpander }, index) => {
      const known = edges.filter(({ back }) => back < index);
      const names = (of: typeof known) => of.map(({ back }) => `n${index - back}`);
      return {
        name: `n${index + 1}`,
        needs: names(known),
        collects: names(known.filter(({ isCollect }) => isCollect)),
        items: isExpander ? index + 2 : undefined,
      };
    }),
  );

function driverOf(all: readonly Sketch[]) {
  const nodes = all.map(({ name, needs, collects, items }) => {
    const run = () => (items === undefined ? 'value' : Array.from({ length: items }, () => 'item'));
    const modifiers = [
      ...collects.map((parameter) => collect(parameter)),
      ...(items === undefined ? [] : [parallelizable()]),
    ];
    return [name, Reflect.apply(node, undefined, [{ inputs: needs }, run, ...modifiers])];
  });
  return createDriver({ modules: [Object.fromEntries(nodes) as Record<string, () => unknown>] });
}

/** The lengths of nested lists, from the outermost. */
function lengths(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...lengths(value[0])] : [];
}

test('law: the engine runs each node once for each item of exactly these fan-outs', () => {
  let graphs = 0;
  let deepest = 0;
  const check = (all: readonly Sketch[]) => {
    let driver;
    try {
      driver = driverOf(all);
    } catch {
      return; // Items of two fan-outs side by side, or nothing to collect: no graph.
    }
    const values: Readonly<Record<string, unknown>> = driver.executeSync(all.map(({ name }) => name));
    const scopes = fanOutsAround(driver.graph);
    const itemsOf = new Map(all.map(({ name, items }) => [name, items]));
    for (const { name, items } of all) {
      const scope = scopes.get(name) ?? [];
      const expected = [
        ...scope.map((expander) => itemsOf.get(expander)),
        ...(items === undefined ? [] : [items]),
      ];
      expect(lengths(values[name])).toEqual(expected);
      deepest = Math.max(deepest, scope.length);
    }
    graphs++;
  };
  fc.assert(fc.property(sketches, check), { numRuns: 400 });
  expect(graphs).toBeGreaterThan(40);
  expect(deepest).toBeGreaterThan(1);
});

test('a node that uses what was collected from all items is still inside', () => {
  const { graph } = driverOf([
    { name: 'n1', needs: [], collects: [], items: 2 },
    { name: 'n2', needs: ['n1'], collects: ['n1'], items: undefined },
    { name: 'n3', needs: ['n2', 'n1'], collects: [], items: undefined },
  ]);
  expect(Object.fromEntries(fanOutsAround(graph))).toEqual({ n1: [], n2: [], n3: ['n1'] });
});
