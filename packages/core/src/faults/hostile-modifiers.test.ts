/**
 * Bad arguments of modifiers threw bare errors while a module was imported, or did nothing at all. Each is a problem of the
 * build now: it names the export and its place, and stands beside the problems of all others.
 */
import { expect, test } from 'vitest';
import * as core from '../index.js';
import { type HostileCall, hostileCalls, type Sample } from './__fixtures__/hostile-arguments.js';

interface ModifierSample extends Sample {
  /** What the modifier belongs to. Default a function of `x`. */
  readonly on?: (modifier: unknown) => unknown;
}

const { createDriver, defineModule, isFlowerPowerError, node, source, step, tag } = core;
const declare: (...args: readonly unknown[]) => unknown = node;
const fn = ({ x }: { x?: unknown }) => x;
const loader = { type: 'csv', options: { path: 'a.csv' }, load: () => [1, {}] };
const saver = { type: 'json', options: { path: 'a.json' }, save: () => ({}) };
const inner = { y: ({ x }: { x: unknown }) => x };
const anyValue = 'undefined null true number NaN blank text list nulls record function';
const conditions = { takes: { '0': 'record', '0.k': 'null true number NaN blank text' }, open: ['0'] };
const lists = { takes: { '0': 'record', '0.k': 'list nulls' }, open: ['0'] };

/** Every modifier of the package. */
const modifiers: Readonly<Record<string, ModifierSample>> = {
  cache: {
    args: [{ behavior: 'disable', target: 'f' }],
    takes: { '0.target': 'undefined' },
  },
  checkOutput: {
    whole: ['0'],
    args: [core.notNull(), { importance: 'fail', target: 'f' }],
    takes: { '1': 'record', '1.importance': 'undefined', '1.target': 'undefined' },
  },
  collect: {
    args: ['x', { as: 'array', onItemError: 'fail' }],
    takes: { '1': 'undefined record', '1.as': 'undefined', '1.onItemError': 'undefined' },
  },
  extractColumns: {
    args: ['a', { fillWith: 1, target: 'f' }],
    takes: { '0': 'text', '1': 'record text', '1.fillWith': anyValue, '1.target': 'undefined' },
  },
  extractFields: {
    args: ['a', { fillWith: 1, target: 'f' }],
    takes: { '0': 'text', '1': 'record text', '1.fillWith': anyValue, '1.target': 'undefined' },
  },
  inject: { args: [{ x: source('y') }], takes: { '0': 'record', '0.x': anyValue } },
  loadFrom: { args: [{ x: loader }], takes: { '0': 'record' }, whole: ['0.x'] },
  parallelizable: {
    args: [{ concurrency: 2, target: 'f' }],
    takes: { '0': 'undefined record', '0.concurrency': 'undefined number', '0.target': 'undefined' },
  },
  parameterize: { args: [{ a: { x: 1 } }], takes: { '0.a': 'record', '0.a.x': anyValue }, open: ['0'] },
  parameterizeSources: {
    args: [{ a: { x: 'y' } }],
    takes: { '0.a': 'record', '0.a.x': 'text' },
    open: ['0'],
  },
  parameterizeValues: { args: ['x', { a: 1 }], takes: { '1.a': anyValue }, open: ['1'] },
  parameterizedSubdag: {
    args: [
      {
        modules: [inner],
        outputs: { a: { inputs: {}, config: {}, externalInputs: [] } },
        inputs: {},
        config: {},
        externalInputs: [],
      },
    ],
    takes: {
      '0.outputs.a': 'record',
      '0.outputs.a.inputs': 'undefined record',
      '0.outputs.a.config': 'undefined record',
      '0.outputs.a.externalInputs': 'undefined list',
      '0.inputs': 'undefined record',
      '0.config': 'undefined record',
      '0.externalInputs': 'undefined list',
    },
    open: ['0.outputs', '0.config', '0.outputs.a.config'],
  },
  pipeInput: { args: [step((x: unknown) => x), { on: 'x' }], takes: { '1': 'record', '1.on': 'undefined' } },
  pipeOutput: { args: [step((x: unknown) => x), { on: 'f' }], takes: { '1': 'record', '1.on': 'undefined' } },
  predicate: { args: [['k'], () => true], takes: { '0': 'list' } },
  resolve: { args: [['k'], () => undefined], takes: { '0': 'list' } },
  retry: {
    args: [{ maxRetries: 1, retryDelay: 1, jitterFactor: 1, maxDelay: 1, retryExceptions: [] }],
    takes: {
      '0.maxRetries': 'number',
      '0.retryDelay': 'undefined number',
      '0.jitterFactor': 'undefined number',
      '0.maxDelay': 'undefined number',
      '0.retryExceptions': 'undefined list',
    },
  },
  runOn: { args: ['local'], takes: { '0': 'text' } },
  saveTo: {
    whole: ['0'],
    args: [saver, { name: 's', target: 'f' }],
    takes: { '1': 'undefined record', '1.name': 'undefined text', '1.target': 'undefined' },
  },
  schema: { args: [{ a: 'number' }], takes: { '0': 'record', '0.a': 'text' }, open: ['0'] },
  subdag: {
    open: ['0.config'],
    args: [{ modules: [inner], inputs: {}, config: {}, namespace: 'n', externalInputs: [] }],
    takes: {
      '0.inputs': 'undefined record',
      '0.config': 'undefined record',
      '0.namespace': 'undefined text',
      '0.externalInputs': 'undefined list',
    },
  },
  tag: { args: [{ owner: 'x' }], takes: { '0': 'record', '0.owner': 'blank text list' }, open: ['0'] },
  tagOutputs: {
    args: [{ f: { owner: 'x' } }],
    takes: { '0': 'record', '0.f': 'record', '0.f.owner': 'blank text list' },
    open: ['0.f'],
  },
  timeout: { args: [{ ms: 5 }], takes: { '0': 'number', '0.ms': 'number' } },
  unpackFields: {
    args: ['a', { target: 'f' }],
    takes: { '0': 'text', '1': 'record text', '1.target': 'undefined' },
  },
  when: { ...conditions, args: [{ k: 1 }] },
  whenIn: { ...lists, args: [{ k: [1] }] },
  whenNot: { ...conditions, args: [{ k: 1 }] },
  whenNotIn: { ...lists, args: [{ k: [1] }] },
  withColumns: {
    open: ['0.config'],
    args: [
      {
        modules: [{ z: ({ a }: { a: unknown }) => a }],
        columnsToPass: ['a'],
        select: ['z'],
        inputs: {},
        config: {},
        on: 'x',
        namespace: 'n',
      },
    ],
    takes: {
      '0.inputs': 'undefined record',
      '0.config': 'undefined record',
      '0.on': 'undefined',
      '0.namespace': 'undefined text',
    },
  },
};

const bad = declare(() => 1, tag(null as never));
const config = { k: 1, name: 1 };

/** That a name is unknown to the driver is for others to say. */
const codesOfOthers = ['FP_UNKNOWN_CONFIG_KEY', 'FP_UNKNOWN_NODE_EXECUTOR'];

/** What a build says of an export, beside what it says of another. Throws whatever is not an error of this package. */
function problemsOf(f: unknown): readonly core.Problem[] {
  const module = defineModule({ name: 'm', file: 'm.ts', exports: { f, bad } });
  try {
    createDriver({ modules: [module], config });
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    if (!error.message.includes("tag of 'bad'")) expect.fail('The problem of the other export is lost.');
    return error.problems.filter(
      ({ code, message }) => !codesOfOthers.includes(code) && !message.includes("'bad'"),
    );
  }
  return expect.fail('Nothing was thrown.');
}

/** What is wrong with how a call is judged, or nothing. */
function verdictOn({ args, isWelcome }: HostileCall, make: (...args: readonly unknown[]) => unknown) {
  let problems: readonly core.Problem[];
  try {
    problems = problemsOf(make(...args));
  } catch (error) {
    return String(error);
  }
  if (isWelcome) return problems.map(({ message }) => `refused: ${message}`)[0];
  if (problems.length === 0) return 'accepted';
  return problems.flatMap(({ code, message, places }) => {
    const isKnown = code === 'FP_BAD_MODIFIER' || code === 'FP_UNKNOWN_TARGET';
    return isKnown && / of 'f' in m: /.test(message) && places?.[0]?.file === 'm.ts'
      ? []
      : `says ${code} ${message}`;
  })[0];
}

test.each(Object.keys(modifiers))('%s', (name) => {
  const { on = (modifier) => declare(fn, modifier), ...sample } = modifiers[name]!;
  const modifier = (core as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[name]!;
  const make = (...args: readonly unknown[]) => on(modifier(...args));
  expect(problemsOf(make(...sample.args))).toEqual([]);
  const wrong = hostileCalls(sample).flatMap((call) => {
    const verdict = verdictOn(call, make);
    return verdict === undefined ? [] : `${call.title} is ${verdict}`;
  });
  expect(wrong.join('\n')).toBe('');
});
