/** What an engine says of a fault with and without explanations: as much is found, and less is said. */
import { describe, expect, test } from 'vitest';
import { branch } from '../branch/branch.js';
import { branchPart } from '../branch/branch-part.js';
import { createEngine } from '../engine/create-engine.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { fanOutPart } from '../fan-out/fan-out-part.js';
import { collect } from '../fan-out/collect.js';
import { parallelizable } from '../fan-out/parallelizable.js';
import { defineModule } from '../model/define-module.js';
import { node } from '../model/node.js';
import { runOn } from '../modifiers/notes/run-on.js';
import { when } from '../modifiers/variants/when.js';
import { explanationsPart } from './explanations-part.js';

interface Scenario {
  readonly modules: readonly object[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly string[];
  readonly request?: object;
}

const place = { line: 3, column: 1, style: 'positional', parameters: [], takesContext: false } as const;
const placed = (name: string, exports: object) =>
  defineModule({
    name,
    exports,
    file: `${name}.ts`,
    nodes: Object.fromEntries(Object.keys(exports).map((key) => [key, place])),
  });
const sum = { total: ({ net, tax }: { net: number; tax: number }) => net + tax };

const scenarios: Record<string, [Scenario, code: string, names: string[]]> = {
  'no function': [{ modules: [{ a: node(undefined as never) }] }, 'FP_BAD_NODE', ['a', 'module 1']],
  'inputs that are not list': [
    { modules: [placed('m', { a: node({ inputs: 'b' } as never, (b: number) => b) })] },
    'FP_BAD_NODE',
    ['a', 'm'],
  ],
  'an export that throws': [
    {
      modules: [
        {
          get a(): unknown {
            throw new Error('later');
          },
        },
      ],
    },
    'FP_BAD_NODE',
    ['a', 'module 1'],
  ],
  'a name that is none': [{ modules: [{ 'a b': () => 1 }] }, 'FP_BAD_NODE', ['a b', 'module 1']],
  'a rest parameter': [
    { modules: [{ a: (...all: number[]) => all }] },
    'FP_BAD_PARAMETERS',
    ['a', 'module 1'],
  ],
  'a node twice': [
    { modules: [placed('m', { a: () => 1 }), placed('n', { a: () => 2 })] },
    'FP_DUPLICATE_NODE',
    ['a', 'm', 'n'],
  ],
  'a circle': [
    { modules: [{ a: ({ b }: { b: number }) => b, b: ({ a }: { a: number }) => a }] },
    'FP_CYCLE',
    ['a', 'b'],
  ],
  'a config key': [
    { modules: [{ a: () => 1 }], config: { regoin: 'uk' } },
    'FP_UNKNOWN_CONFIG_KEY',
    ['regoin'],
  ],
  'an executor': [
    { modules: [{ a: node(() => 1, runOn('gpu')) }] },
    'FP_UNKNOWN_NODE_EXECUTOR',
    ['gpu', 'a'],
  ],
  'an output': [{ modules: [sum], outputs: ['totl'] }, 'FP_UNKNOWN_OUTPUT', ['totl']],
  'an output whose variants do not hold': [
    { modules: [{ a__uk: node(() => 1, when({ region: 'uk' })) }], outputs: ['a'] },
    'FP_UNKNOWN_OUTPUT',
    ['a'],
  ],
  'an input': [
    { modules: [sum], outputs: ['total'], request: { inputs: { net: 1, tax: 2, taxes: 3 } } },
    'FP_UNKNOWN_INPUT',
    ['taxes'],
  ],
  'an input that is computed': [
    { modules: [placed('m', { a: () => 1 })], outputs: ['a'], request: { inputs: { a: 3 } } },
    'FP_UNKNOWN_INPUT',
    ['a'],
  ],
  'an override': [
    { modules: [{ a: () => 1 }], outputs: ['a'], request: { overrides: { b: 3 } } },
    'FP_UNKNOWN_OVERRIDE',
    ['b'],
  ],
  'an input of the configuration': [
    {
      modules: [{ a: ({ b }: { b: number }) => b }],
      config: { b: 1 },
      outputs: ['a'],
      request: { inputs: { b: 2 } },
    },
    'FP_INPUT_IN_CONFIG',
    ['b'],
  ],
  'a missing input': [
    { modules: [sum], outputs: ['total'], request: { inputs: { net: 1 } } },
    'FP_MISSING_INPUT',
    ['tax', 'total'],
  ],
};

function errorOf(
  { modules, config, outputs = [], request }: Scenario,
  parts: readonly never[],
): FlowerPowerError {
  try {
    createEngine({ modules, config, parts } as never).executeSync(outputs as never, request);
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  throw new Error('Nothing was wrong.');
}

describe.each(Object.entries(scenarios))('%s', (_, [scenario, code, names]) => {
  const brief = errorOf(scenario, []);
  const full = errorOf(scenario, [explanationsPart() as never]);

  test('is found without explanations: its code, the names involved and the places', () => {
    expect(brief.code).toBe(code);
    for (const name of names) expect(brief.message).toContain(name);
    expect(brief.places).toEqual(full.places);
  });

  test('is explained with them', () => {
    expect(full.code).toBe(code);
    for (const name of names) expect(full.message).toContain(name);
    expect(full.message).not.toBe(brief.message);
    expect(`${full.message} ${full.hint}`.length).toBeGreaterThan(brief.message.length);
  });
});

test('in brief', () => {
  const messages = Object.values(scenarios).map(([scenario]) => errorOf(scenario, []).message);
  expect(messages.slice(3, 9)).toMatchInlineSnapshot(`
    [
      "Bad node: 'a b' ('module 1').",
      "Bad parameters: 'a' ('module 1').",
      "Duplicate node: 'a' ('m', 'n').",
      "Cycle: 'a' ('b').",
      "Unknown config key: 'regoin'.",
      "Unknown node executor: 'gpu' ('a').",
    ]
  `);
  expect(messages.slice(9)).toMatchInlineSnapshot(`
    [
      "Unknown output: 'totl'.",
      "Unknown output: 'a'.",
      "Unknown input: 'taxes'.",
      "Unknown input: 'a'.",
      "Unknown override: 'b'.",
      "Input in config: 'b'.",
      "Missing input: 'tax' ('total').",
    ]
  `);
});

test('several are reported together, in one order', () => {
  const scenario = { modules: [sum], outputs: ['totl', 'total'], request: { overrides: { x: 1 } } };
  const [brief, full] = [[], [explanationsPart() as never]].map((parts) => errorOf(scenario, parts));
  expect(brief!.code).toBe('FP_INVALID_EXECUTION');
  expect(brief!.problems.map(({ code }) => code)).toEqual(full!.problems.map(({ code }) => code));
});

test('a branch needs its part', () => {
  const modules = [{ a: () => 1, b: () => 2, c: branch('x', { a: 'a', b: 'b' }) }];
  const outputs = ['c'];
  const request = { inputs: { x: 'b' } };
  expect(errorOf({ modules }, [])).toMatchObject({
    code: 'FP_BAD_MODIFIER',
    message: "'c' is a branch, but this engine has no part for branches.",
    hint: "Give branchPart() of '@flowerpower/core/modifiers' in parts.",
  });
  const engine = createEngine({ modules, parts: [branchPart()] } as never);
  expect(engine.executeSync(outputs as never, request as never)).toEqual({ c: 2 });
});

test('a fan-out needs its part', () => {
  const modules = [
    { i: node(() => [1], parallelizable()), s: node(({ i }: { i: number[] }) => i, collect('i')) },
  ];
  expect(errorOf({ modules }, []).problems).toEqual([
    expect.objectContaining({
      code: 'FP_BAD_FAN_OUT',
      message: expect.stringContaining("'i' takes part in a fan-out"),
    }),
    expect.objectContaining({
      code: 'FP_BAD_FAN_OUT',
      message: expect.stringContaining("'s' takes part in a fan-out"),
    }),
  ]);
  expect(errorOf({ modules, outputs: ['t'] }, [fanOutPart() as never]).code).toBe('FP_UNKNOWN_OUTPUT');
});

test('a renamed parameter is found by the part; without it the name that the bundler gave is a missing input', () => {
  const scenario = { modules: [{ raw: () => 1, a: (raw2: number) => raw2 }], outputs: ['a'] };
  expect(errorOf(scenario, []).message).toBe("Missing input: 'raw2' ('a').");
  expect(errorOf(scenario, [explanationsPart() as never])).toMatchObject({
    code: 'FP_RENAMED_PARAMETER',
    message: expect.stringContaining("'raw2' of 'a' names no node, but 'raw' does"),
  });
});
