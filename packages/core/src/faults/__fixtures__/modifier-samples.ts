/** A call of everything that a node can be given, or that makes one, and what else it takes. */
import * as core from '../../index.js';
import type { Sample } from './hostile-arguments.js';

const { node, source, step } = core;
export interface ModifierSample extends Sample {
  /** What the modifier belongs to. Default a function of `x`. */
  readonly on?: (modifier: unknown) => unknown;
}

export const declare: (...args: readonly unknown[]) => unknown = node;
export const fn = ({ x }: { x?: unknown }) => x;
const loader = { type: 'csv', options: { path: 'a.csv' }, load: () => [1, {}] };
const saver = { type: 'json', options: { path: 'a.json' }, save: () => ({}) };
const inner = { y: ({ x }: { x: unknown }) => x };
const anyValue = 'undefined null true number NaN blank text list nulls record function';
const conditions = { takes: { '0': 'record', '0.k': 'null true number NaN blank text' }, open: ['0'] };
const lists = { takes: { '0': 'record', '0.k': 'list nulls' }, open: ['0'] };

/** Every modifier of the package. */
export const modifiers: Readonly<Record<string, ModifierSample>> = {
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

const asCheck = (check: unknown) => declare(fn, core.checkOutput(check as never));
const asStep = (made: unknown) => declare(fn, core.pipeOutput(made as never));
const asExport = (made: unknown) => made;
const range = { on: asCheck, args: [1, 9], takes: { '0': 'number', '1': 'number' } };
const schemaOf = {
  on: asCheck,
  args: [{ '~standard': { version: 1, vendor: 'x', validate: (value: unknown) => ({ value }) } }],
  whole: ['0'],
};
const textsOf = { on: asCheck, args: ['a'], takes: { '0': 'text' } };

/** Every built-in check, and what makes one. */
export const checks: Readonly<Record<string, ModifierSample>> = {
  column: { on: asCheck, args: ['a', core.notNull()], whole: ['1'], takes: { '0': 'text' } },
  contains: textsOf,
  countInRange: range,
  defineCheck: { on: asCheck, args: [{ name: 'a', check: () => true }], takes: { '0.name': 'text', '0.check': 'function' } , open: ['0'] },
  doesNotContain: textsOf,
  eachItem: schemaOf,
  inRange: range,
  lengthInRange: range,
  matches: { on: asCheck, args: [/a/] },
  maxNaNFraction: { on: asCheck, args: [1] },
  maxStandardDeviation: { on: asCheck, args: [1], takes: { '0': 'number' } },
  meanInRange: range,
  ofType: { on: asCheck, args: ['string'], takes: { '0': 'function' } },
  oneOf: { on: asCheck, args: [['a']], takes: { '0': 'nulls' } },
  schemaCheck: schemaOf,
  sorted: { on: asCheck, args: ['ascending'], takes: { '0': 'undefined' } },
};

/** What makes a node without `node(…)`, or a part of one. */
export const makers: Readonly<Record<string, ModifierSample>> = {
  branch: {
    on: asExport,
    args: ['a', { b: 'c' }, { otherwise: 'd' }],
    takes: { '0': 'text', '1': 'record', '1.b': 'text', '2': 'undefined record', '2.otherwise': 'undefined text' },
    open: ['1'],
  },
  loadNode: { on: asExport, args: [loader], whole: ['0'] },
  node: {
    on: asExport,
    args: [{ inputs: ['x'], doc: 'text', kind: 'loader' }, (x: unknown) => x],
    takes: { '0': 'function', '0.inputs': 'list', '0.doc': 'undefined text', '0.kind': 'undefined', '1': 'function' },
  },
  saveNode: { on: asExport, args: ['x', saver], whole: ['1'], takes: { '0': 'text function' } },
  step: { on: asStep, args: [(x: unknown) => x], takes: { '0': 'function' } },
};
