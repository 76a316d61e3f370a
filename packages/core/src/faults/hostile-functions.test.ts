/** Bad arguments of everything that is not a modifier: each is an error with a code, which names what is wrong. */
import { describe, expect, test } from 'vitest';
import * as core from '../index.js';
import { hostileCalls, type Sample } from './__fixtures__/hostile-arguments.js';
import { checks, makers, modifiers } from './__fixtures__/modifier-samples.js';

interface FunctionSample extends Sample {
  /** Default `FP_BAD_OPTION`. */
  readonly codes?: readonly core.CoreErrorCode[];
}

const { graph } = core.createDriver({ modules: [{ f: () => 1 }] });
const adapter = ['FP_BAD_ADAPTER_OPTION'] as const;
const known = ['FP_BAD_OPTION', 'FP_UNKNOWN_NODE'] as const;
const driver = {
  modules: [{ f: () => 1 }],
  allowModuleOverrides: true,
  config: {},
  maxConcurrency: 2,
  log: console,
  resources: {},
};
const ofDriver = {
  '0.modules': 'list',
  '0.allowModuleOverrides': 'undefined true',
  '0.config': 'undefined record',
  '0.maxConcurrency': 'undefined number',
  '0.log': 'undefined',
  '0.resources': 'undefined record',
};
const anyValue = 'undefined null true number NaN blank text list nulls record function';
const store = core.memoryCacheStore();

const functions: Readonly<Record<string, FunctionSample>> = {
  adaptersPart: { args: [[]], takes: { '0': 'undefined list' } },
  createDriver: {
    args: [{ ...driver, params: {}, executors: {}, adapters: [] }],
    takes: {
      ...ofDriver,
      '0.params': 'undefined record',
      '0.executors': 'undefined record',
      '0.adapters': 'undefined list',
    },
    whole: ['0.log'],
    open: ['0.config', '0.resources', '0.params', '0.executors'],
  },
  createRetryPolicy: {
    args: [
      {
        maxRetries: 1,
        retryDelay: 1,
        jitterFactor: 1,
        jitter: 'full',
        maxDelay: 1,
        retryExceptions: [],
        when: () => true,
      },
    ],
    takes: {
      '0.maxRetries': 'number',
      '0.retryDelay': 'number',
      '0.jitterFactor': 'number',
      '0.jitter': 'undefined',
      '0.maxDelay': 'undefined number',
      '0.retryExceptions': 'list',
      '0.when': 'undefined function',
    },
  },
  defineErrors: {
    args: [{ LEDGER_TORN: 'A page is torn.' }],
    takes: { '0': 'record', '0.LEDGER_TORN': 'text' },
  },
  debugAdapter: {
    args: [{ nodeFilter: () => true, moments: ['start'], pause: () => {} }],
    takes: {
      '0': 'undefined record',
      '0.nodeFilter': 'undefined function',
      '0.moments': 'undefined list',
      '0.pause': 'undefined function',
    },
    codes: adapter,
  },
  defineCacheStore: { args: [store], whole: ['0'] },
  defineModule: {
    args: [{ name: 'm', exports: {}, file: 'm.ts', codeVersion: '1', nodes: {} }],
    takes: {
      '0.name': 'text',
      '0.exports': 'record',
      '0.file': 'undefined text',
      '0.codeVersion': 'undefined text',
      '0.nodes': 'undefined record',
    },
    open: ['0.exports', '0.nodes'],
  },
  downstreamOf: { args: [graph, 'f'], codes: known, whole: ['0'] },
  executorsPart: {
    args: [{ e: { execute: () => 1 } }],
    takes: { '0': 'record', '0.e.execute': 'function' },
    open: ['0', '0.e'],
  },
  gracefulErrorsAdapter: {
    args: [{ errors: [Error], sentinel: null, log: console }],
    takes: {
      '0.sentinel': 'null true number NaN blank text list nulls record function',
      '0.log': 'undefined',
    },
    whole: ['0.log'],
    codes: adapter,
  },
  listAvailableVariables: {
    args: [graph, { tags: {} }],
    takes: { '1': 'undefined record', '1.tags': 'undefined record' },
    whole: ['0', '1.tags'],
  },
  memoryCacheStore: {
    args: [{ maxEntries: 5, maxSizeBytes: 5 }],
    takes: {
      '0': 'undefined record',
      '0.maxEntries': 'undefined number',
      '0.maxSizeBytes': 'undefined number',
    },
    codes: ['FP_BAD_CACHE_OPTION'],
  },
  paramsPart: {
    args: [{ f: { x: 1 } }],
    takes: { '0': 'record', '0.f': 'record', '0.f.x': anyValue },
    open: ['0', '0.f'],
  },
  pathBetween: { args: [graph, 'f', 'f'], codes: known, whole: ['0'] },
  printAdapter: {
    args: [{ verbosity: 1, write: () => {}, nodeFilter: () => true }],
    takes: {
      '0': 'undefined record',
      '0.verbosity': 'undefined',
      '0.write': 'undefined function',
      '0.nodeFilter': 'undefined function',
    },
    codes: adapter,
  },
  progressAdapter: {
    args: [{ onProgress: () => {} }],
    takes: { '0.onProgress': 'function' },
    codes: adapter,
  },
  slowDownAdapter: {
    args: [{ delayMs: 1, sleep: async () => {} }],
    takes: { '0.delayMs': 'number', '0.sleep': 'undefined function' },
    codes: adapter,
  },
  source: { args: ['f'], takes: { '0': 'text' } },
  typeCheckAdapter: {
    args: [
      {
        schemas: {
          f: { '~standard': { version: 1, vendor: 'x', validate: (value: unknown) => ({ value }) } },
        },
      },
    ],
    takes: { '0.schemas': 'record' },
    whole: ['0.schemas.f'],
    open: ['0.schemas'],
    codes: adapter,
  },
  upstreamOf: { args: [graph, 'f'], codes: known, whole: ['0'] },
};

describe.each(Object.keys(functions))('%s', (name) => {
  const { codes = ['FP_BAD_OPTION'], ...sample } = functions[name]!;
  const call = (core as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[name]!;

  function verdictOn(args: readonly unknown[], isWelcome: boolean): string | undefined {
    try {
      call(...args);
    } catch (error) {
      if (!core.isFlowerPowerError(error)) return `is ${String(error)}`;
      if (isWelcome) return `is refused: ${error.message}`;
      const wrong = [error, ...error.problems].find(
        ({ code }) => !codes.includes(code as core.CoreErrorCode),
      );
      return wrong === undefined ? undefined : `has the code ${wrong.code}`;
    }
    return isWelcome ? undefined : 'is accepted';
  }

  test('it refuses what it cannot use, and nothing else', () => {
    expect(verdictOn(sample.args, true)).toBeUndefined();
    const wrong = hostileCalls(sample).flatMap(({ title, args, isWelcome }) => {
      const verdict = verdictOn(args, isWelcome);
      return verdict === undefined ? [] : `${title} ${verdict}`;
    });
    expect(wrong.join('\n')).toBe('');
  });
});

/** Every other export, and why it has no row above. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  'takes no argument': [
    'branchPart',
    'dataLoader',
    'dataSaver',
    'exclude',
    'explanationsPart',
    'fanOutPart',
    'guardedLogPart',
    'inspectionPart',
    'readOncePart',
    'knownErrorNames',
    'noNaNs',
    'notNull',
    'optionChecksPart',
    'unique',
  ],
  'takes whatever there is': [
    'fingerprint',
    'group',
    'isError',
    'isFlowerPowerError',
    'isReadOnce',
    'isRecord',
    'isThenable',
    'kindOf',
    'messageOf',
    'readProperty',
    'value',
  ],
  'has tests of its own below or beside it': ['cachePart', 'createEngine', 'mutate'],
  'a class, an instance of which is an error already': [
    'DataValidationError',
    'FatalError',
    'FlowerPowerError',
    'NodeExecutionError',
    'RetryableError',
  ],
  'for packages beside this one, which are compiled against its types': [
    'aBoolean',
    'aChoice',
    'aFunction',
    'aListOf',
    'aLog',
    'aNameList',
    'aRecord',
    'aSignal',
    'aText',
    'aWhole',
    'anyText',
    'anything',
    'asPromise',
    'blamesValue',
    'boundedList',
    'codeFrame',
    'coreErrors',
    'createPreview',
    'createRunId',
    'createSuggester',
    'didYouMean',
    'errorFromProblems',
    'fanOutsAround',
    'giverOf',
    'hintForErrorName',
    'lineList',
    'nameList',
    'optionsOf',
    'optionProblems',
    'ownProperty',
    'previewValue',
    'printable',
    'refuseOptions',
    'requireArgument',
    'requireOptions',
    'required',
    'setOwnProperty',
    'shorten',
    'suggest',
    'unknownErrorNames',
    'valuesToBlame',
    'withMethods',
  ],
};

test('every export is in one of the tables, or an exception that has a reason', () => {
  const listed = [modifiers, checks, makers, functions].flatMap((table) => Object.keys(table));
  const named = [...listed, ...Object.values(exceptions).flat()];
  expect(named.toSorted()).toEqual(Object.keys(core).toSorted());
});

test('a misspelt hook of an adapter would never be called', () => {
  const adapters = [{ name: 'mine', onNodeEnded() {} }];
  const refused = expect.objectContaining({
    code: 'FP_BAD_OPTION',
    message: expect.stringContaining('adapters[0]'),
    hint: "Did you mean 'onNodeEnd'?",
  });
  expect(() => core.createDriver({ modules: [{ f: () => 1 }], adapters })).toThrow(refused);
  const run = () => core.createDriver({ modules: [{ f: () => 1 }] }).runSync(['f'], { adapters });
  expect(run).toThrow(refused);
});

test.each<[object, string | undefined]>([
  [{ name: 'mine', onNodeEnd: 5 }, 'onNodeEnd is no function.'],
  [{ name: 'mine', aroundNode: null }, 'aroundNode is no function.'],
  [{ name: 'mine', nodeEnd() {} }, "Did you mean 'onNodeEnd'?"],
  [{ name: 'mine', OnNodeEnd() {} }, "Did you mean 'onNodeEnd'?"],
  [{ name: 'mine', runstart() {} }, "Did you mean 'onRunStart'?"],
  [{ name: 'mine', onFire() {} }, undefined],
  [{ onNodeEnd() {} }, undefined],
  [{ name: '', onNodeEnd() {} }, undefined],
])('an adapter that could never be called, or has no name (%#), was taken in silence', (adapter, hint) => {
  const adapters = [adapter as core.Adapter];
  const refused = expect.objectContaining({
    code: 'FP_BAD_OPTION',
    message: expect.stringContaining('adapters[0] must be a named adapter, whose hooks are onRunStart'),
  });
  const calls = [
    () => core.createDriver({ modules: [{ f: () => 1 }], adapters }),
    () => core.createDriver({ modules: [{ f: () => 1 }] }).runSync(['f'], { adapters }),
  ];
  for (const call of calls) {
    expect(call).toThrow(refused);
    if (hint !== undefined) expect(call).toThrow(expect.objectContaining({ hint }));
  }
});

test('an adapter may have more than its hooks, and hooks of its class', () => {
  class Counting implements core.Adapter {
    readonly name = 'counting';
    node = 0;
    onNodeStart(): void {
      this.node++;
    }
  }
  const counting = new Counting();
  core.createDriver({ modules: [{ f: () => 1 }], adapters: [counting] }).executeSync(['f']);
  expect(counting.node).toBe(1);
});

test.each([[5], [null], [undefined]])(
  'cache.explain and the lists of the cache refuse %s as a name',
  (name) => {
    const cached = core.createDriver({ modules: [{ f: () => 1 }], cache: { store } });
    expect(() => cached.cache.explain([name as never])).toThrow(
      expect.objectContaining({ code: 'FP_UNKNOWN_NODE' }),
    );
    const build = () =>
      core.createDriver({ modules: [{ f: () => 1 }], cache: { store, recompute: [name as never] } });
    expect(build).toThrow(expect.objectContaining({ code: 'FP_BAD_CACHE_OPTION' }));
  },
);

test.each([[null], [undefined], [5], [{}], [{ store: null }]])('cachePart(%j)', (options) => {
  const build = () =>
    core.createEngine({ modules: [{ f: () => 1 }], parts: [core.cachePart(options as never)] });
  expect(build).toThrow(expect.objectContaining({ code: 'FP_BAD_CACHE_OPTION' }));
});
