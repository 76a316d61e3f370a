import { expect, test } from 'vitest';
import {
  createDriver,
  defineModule,
  FlowerPowerError,
  node,
  source,
  when,
  whenIn,
  whenNot,
} from '../index.js';

function problemsOf(build: () => unknown) {
  try {
    build();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  throw new Error('The graph was built.');
}

test('every problem of a build is reported together', () => {
  const error = problemsOf(() =>
    createDriver({
      modules: [
        { a: ({ b }: { b: number }) => b, b: ({ a }: { a: number }) => a, c: (...all: number[]) => all },
        { d: () => 1 },
        { d: () => 2 },
      ],
      config: { regoin: 'uk' },
      params: { d: { x: 1 }, e: { y: 1 } },
    }),
  );
  expect(error.code).toBe('FP_INVALID_GRAPH');
  expect(error.problems.map(({ code }) => code).sort()).toEqual([
    'FP_BAD_PARAMETERS',
    'FP_CYCLE',
    'FP_DUPLICATE_NODE',
    'FP_UNKNOWN_CONFIG_KEY',
    'FP_UNKNOWN_PARAM',
    'FP_UNKNOWN_PARAM',
  ]);
});

test('a cycle is named at build time, node by node', () => {
  const error = problemsOf(() =>
    createDriver({
      modules: [
        {
          a: ({ c }: { c: number }) => c,
          b: ({ a }: { a: number }) => a,
          c: ({ b, x }: { b: number; x: number }) => b + x,
          d: ({ d }: { d: number }) => d,
        },
      ],
    }),
  );
  expect(error.problems.map(({ message }) => message)).toEqual([
    'These nodes need each other in a circle: a needs c needs b needs a.',
    "The node 'd' needs itself.",
  ]);
});

test('a duplicate names both places', () => {
  const at = (line: number) => ({
    f: { line, column: 1, style: 'object' as const, parameters: [], takesContext: false },
  });
  const first = defineModule({ name: 'one', exports: { f: () => 1 }, file: 'one.ts', nodes: at(3) });
  const second = defineModule({ name: 'two', exports: { f: () => 2 }, file: 'two.ts', nodes: at(7) });
  const error = problemsOf(() => createDriver({ modules: [first, second] }));
  expect(error.message).toBe("The node 'f' is defined twice: by 'f' of one and 'f' of two.");
  expect(error.places).toEqual([
    { file: 'one.ts', line: 3, column: 1 },
    { file: 'two.ts', line: 7, column: 1 },
  ]);
  const saver = { f: node({ inputs: [], kind: 'saver' }, () => 3) };
  const mixed = problemsOf(() => createDriver({ modules: [first, saver], allowModuleOverrides: true }));
  expect(mixed).toMatchObject({
    code: 'FP_DUPLICATE_NODE',
    hint: 'Rename one: a saver never replaces a function.',
  });
  const loader = { f: node({ inputs: [], kind: 'loader' }, () => 3) };
  const loaded = createDriver({ modules: [first, loader], allowModuleOverrides: true });
  expect(loaded.executeSync(['f'])).toEqual({ f: 3 });
  const driver = createDriver({ modules: [first, second], allowModuleOverrides: true });
  expect(driver.executeSync(['f'])).toEqual({ f: 2 });
});

test('two variants that both hold are a duplicate, also where modules may override each other', () => {
  const m = { f__a: node(() => 1, when({ x: 1 })), f__b: node(() => 2, when({ y: 1 })) };
  const error = problemsOf(() =>
    createDriver({ modules: [m], config: { x: 1, y: 1 }, allowModuleOverrides: true }),
  );
  expect(error.code).toBe('FP_DUPLICATE_NODE');
});

test('variants are chosen by config; conditions stack with and; an absent key equals null', () => {
  const m = {
    rate__uk: node(() => 'uk', when({ country: 'uk' })),
    rate__eu: node(() => 'eu', whenIn({ country: ['de', 'fr'] }), whenNot({ reduced: true })),
    rate__eu_low: node(() => 'eu low', whenIn({ country: ['de', 'fr'] }), when({ reduced: true })),
    rate__none: node(() => 'none', when({ country: null })),
    literal__name: () => 'no variant without a condition',
  };
  const rate = (config: Record<string, unknown>) =>
    createDriver({ modules: [m], config }).executeSync(['rate']).rate;
  expect(rate({ country: 'uk' })).toBe('uk');
  expect(rate({ country: 'fr' })).toBe('eu');
  expect(rate({ country: 'fr', reduced: true })).toBe('eu low');
  expect(rate({})).toBe('none');
  expect(createDriver({ modules: [m] }).executeSync(['literal__name'])).toEqual({
    literal__name: 'no variant without a condition',
  });
});

test('a variant is split at its last double underscore', () => {
  const m = { a__b__c: node(() => 1, when({ x: 1 })) };
  expect(createDriver({ modules: [m], config: { x: 1 } }).graph.leaves).toEqual(['a__b']);
});

test('needing a variant that was left out says which conditions there are', () => {
  const m = {
    rate__uk: node(() => 1, when({ country: 'uk' })),
    price: ({ rate }: { rate: number }) => rate,
  };
  const driver = createDriver({ modules: [m], config: { country: 'us' } });
  const error = problemsOf(() => driver.executeSync(['price']));
  expect(error.code).toBe('FP_MISSING_INPUT');
  expect(error.hint).toContain('when({"country":"uk"})');
});

test('a config key named like a node replaces it; one named like an input gives it', () => {
  const m = { a: () => 1, b: ({ a, x }: { a: number; x: number }) => a + x };
  const driver = createDriver({ modules: [m], config: { a: 10, x: 5 } });
  expect(driver.executeSync(['b'])).toEqual({ b: 15 });
  expect(driver.graph.nodes.get('a')?.kind).toBe('config');
});

test('params bind values and sources to the parameters of one node', () => {
  const m = {
    greeting: (message: string, name: string, mark = '!') => `${message} ${name}${mark}`,
    shout: ({ greeting, times }: { greeting: string; times: number }) => greeting.repeat(times),
  };
  const driver = createDriver({
    modules: [m],
    params: { greeting: { message: 'Hi', name: source('user') }, shout: { times: 2 } },
  });
  expect(driver.executeSync(['shout'], { inputs: { user: 'Ada' } })).toEqual({ shout: 'Hi Ada!Hi Ada!' });
  expect(driver.graph.nodes.get('greeting')?.bound).toEqual({ message: 'Hi' });
  const error = problemsOf(() => createDriver({ modules: [m], params: { greeting: { mesage: 'x' } } }));
  expect(error.hint).toBe("Did you mean 'message'?");
});

test('a positional parameter that a bundler renamed is a hard error with the way out', () => {
  const m = { raw: () => 1, clean: new Function('raw2', 'return raw2') as (raw2: number) => number };
  const error = problemsOf(() => createDriver({ modules: [m] }));
  expect(error.code).toBe('FP_RENAMED_PARAMETER');
  expect(error.hint).toContain('({ raw }) =>');
});

test('private names, classes, constants and the default export are not nodes', () => {
  const m = { a: () => 1, _b: () => 2, C: class {}, d: 4, default: () => 5 };
  expect([...createDriver({ modules: [m] }).graph.nodes.keys()]).toEqual(['a']);
});

test('names that cannot be nodes are refused', () => {
  expect(problemsOf(() => createDriver({ modules: [{ 'a b': () => 1 }] })).code).toBe('FP_BAD_NODE');
  expect(problemsOf(() => createDriver({ modules: [{ 'a.': () => 1 }] })).code).toBe('FP_BAD_NODE');
});

test('the graph lists kinds, edges, leaves and inputs', () => {
  const m = {
    load: node({ inputs: [], kind: 'loader', doc: 'Reads.' }, () => [1]),
    sum: ({ load, offset = 0 }: { load: number[]; offset?: number }) => load.length + offset,
    'save.sum': node({ inputs: ['sum'], kind: 'saver' }, (sum: number) => sum),
  };
  const { graph } = createDriver({ modules: [m] });
  expect([...graph.nodes.values()].map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    'loader load',
    'input offset',
    'function sum',
    'saver save.sum',
  ]);
  expect(graph.leaves).toEqual(['save.sum']);
  expect(graph.inputs).toEqual(['offset']);
  expect(graph.nodes.get('sum')?.dependencies).toEqual([
    { parameter: 'load', node: 'load', optional: false },
    { parameter: 'offset', node: 'offset', optional: true },
  ]);
});
