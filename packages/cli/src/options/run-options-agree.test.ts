/** Configuration, runner, overrides in code and command know the same run options, with the same limits. */
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import {
  type Overrides,
  type PipelineConfig,
  type RunConfig,
  type RunOptionEntry,
  resolvePipelineConfig,
  runOptionList,
} from '@flowerpower/config';
import { isFlowerPowerError } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { FlowerPowerProject, type PipelineOverrides } from '@flowerpower/project';
import { createPipelineRunner, type RunConfig as RunnerConfig } from '@flowerpower/runtime';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';
import { addRunOptions } from './run-options.js';

/** `retry.maxRetries` and its like. A map that belongs to the user is one option. */
type PathsOf<Config> = {
  [Key in keyof Config & string]-?: IsGroup<NonNullable<Config[Key]>> extends true
    ? `${Key}.${PathsOf<NonNullable<Config[Key]>>}`
    : Key;
}[keyof Config & string];

type IsGroup<Value> = [Value] extends [readonly unknown[] | ((...args: never) => unknown)]
  ? false
  : [Value] extends [object]
    ? string extends keyof Value
      ? false
      : true
    : false;

describe('the types', () => {
  it('what configuration gives is what the runner takes', () => {
    // Names of hooks become the functions that they name.
    expectTypeOf<Omit<RunConfig, 'onSuccess' | 'onFailure'>>().toExtend<RunnerConfig>();
    // Modules are imported before there is anything to run.
    expectTypeOf<Exclude<PathsOf<RunConfig>, PathsOf<RunnerConfig>>>().toEqualTypeOf<'additionalModules'>();
    expectTypeOf<Exclude<PathsOf<RunnerConfig>, PathsOf<RunConfig>>>().toEqualTypeOf<never>();
  });

  it('code can override every one', () => {
    // Both belong to the single run: `inputs` is laid over what is configured, and `outputs` takes the place of `finalVars`.
    expectTypeOf<Exclude<keyof RunConfig, keyof PipelineOverrides>>().toEqualTypeOf<'finalVars'>();
    expectTypeOf<PipelineOverrides['outputs']>().toEqualTypeOf<readonly string[] | undefined>();
  });
});

/** What one row is tried with: values of its kind, and values near its limits. */
function triedWith({ takes, choices }: RunOptionEntry): readonly unknown[] {
  if (takes === 'number') return [-1, 0, 0.5, 1, 7, Infinity, Number.NaN, '7', true];
  if (takes === 'boolean') return [true, false, 1, 'yes'];
  if (takes === 'text') return [...(choices ?? ['other', '', ' ']), 'no such word', 7];
  if (takes === 'list') return [[], ['a'], 'a', [1], 7];
  return [{}, { a: 1 }, [], 'a', 7];
}

function nested(path: string, value: unknown): Record<string, unknown> {
  const keys = path.split('.').slice(1);
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;
}

/** What configuration passes and the runner may refuse, since it depends on more than the value. */
const judgedApart: Readonly<Record<string, string>> = {
  'run.executor.type': 'which executors there are is for the runtime to say',
  'run.executor.options': 'which options an executor has is for the runtime to say',
  'run.retry.retryExceptions': 'which errors there are depends on the modules',
  'run.inputs': 'which inputs there are depends on the graph',
  'run.finalVars': 'which nodes there are depends on the graph',
  'run.config': 'which keys there are depends on the graph',
  'run.cache.default': 'which nodes there are depends on the graph',
  'run.cache.recompute': 'which nodes there are depends on the graph',
  'run.cache.disable': 'which nodes there are depends on the graph',
  'run.cache.ignore': 'which nodes there are depends on the graph',
  'run.withAdapter': 'which adapters there are is for plugins to say',
  'run.onSuccess': 'the runner is given functions, not the names of hooks',
  'run.onFailure': 'the runner is given functions, not the names of hooks',
  'run.additionalModules': 'the runner is given modules, not their names',
};

describe.each(runOptionList.map((entry) => [entry.path, entry] as const))('%s', (path, entry) => {
  it('is a flag of the command', () => {
    const long = /--[\w-]+/.exec(entry.flag)![0];
    expect(addRunOptions(new Command('run')).options.map((option) => option.long)).toContain(long);
  });

  it('has the same limits in configuration and in the runner', async () => {
    const { value: sound } = await resolvePipelineConfig({ name: 'p' });
    const runner = createPipelineRunner({ registry: createRegistry(), fs: createMemoryFileSystem() });
    for (const value of triedWith(entry)) {
      const given = nested(path, value);
      const overrides = { run: given } as Overrides<PipelineConfig>;
      const configured = await passes(() => resolvePipelineConfig({ name: 'p', overrides }));
      const run = {
        ...sound.run,
        ...given,
        executor: { ...sound.run.executor, ...(given['executor'] as object) },
        retry: { ...sound.run.retry, ...(given['retry'] as object) },
        cache: { ...sound.run.cache, enabled: true, ...(given['cache'] as object) },
      } as RunnerConfig;
      const built = await passes(() => runner.build({ ...sound, run, modules: [{ a: () => 1 }] }));
      const verdict = `${path}: ${String(value)} (${typeof value}) is ${built ? 'taken' : 'refused'} by the runner`;
      // Of what is judged apart at least nothing passes the runner that configuration refuses.
      if (Object.hasOwn(judgedApart, path)) expect([verdict, built && !configured]).toEqual([verdict, false]);
      else expect([verdict, built]).toEqual([verdict, configured]);
    }
    await runner.close();
  });
});

/** A fault is one of ours, in words. */
async function passes(attempt: () => unknown): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    return false;
  }
}

describe('overrides in code', () => {
  /** They belong to the single run: what they mean depends on the graph. */
  const ofTheRun: Readonly<Record<string, unknown>> = {
    'run.inputs': { inputs: { a: 1 } },
    'run.finalVars': { outputs: ['sum'] },
  };
  const samples: Readonly<Record<string, unknown>> = {
    'run.executor.type': 'synchronous',
    'run.executor.options': {},
    'run.cache.dir': 'elsewhere',
    'run.retry.retryExceptions': ['TypeError'],
    'run.config': {},
    'run.additionalModules': ['more'],
    'run.logLevel': 'ERROR',
    'run.onSuccess': 'notify',
    'run.onFailure': 'notify',
  };
  let temp: TempProject;
  let project: FlowerPowerProject;
  beforeAll(async () => {
    temp = createTempProject({
      'conf/project.yml': 'name: shop\n',
      'conf/pipelines/p.yml': '{}\n',
      'pipelines/p.ts': 'export const sum = ({ a }: { a: number }) => a + 1;\n',
      'pipelines/more.ts': 'export const b = () => 2;\n',
      'hooks/tell.ts': 'export const notify = () => {};\n',
    });
    project = await FlowerPowerProject.load(temp.root, { environment: {} });
  });
  afterAll(async () => {
    await project.close();
    temp.remove();
  });

  it.each(runOptionList.map((entry) => [entry.path, entry] as const))('%s', async (path, entry) => {
    const sample = samples[path] ?? triedWith(entry).findLast((value) => isOfKind(value, entry));
    const overrides = (ofTheRun[path] ?? nested(path, sample)) as PipelineOverrides;
    const pipeline = await project.pipelineManager.load('p', overrides);
    if (Object.hasOwn(ofTheRun, path)) {
      const { outputs } = await project.run('p', { inputs: { a: 1 }, ...overrides });
      expect(outputs).toEqual({ sum: 2 });
      return;
    }
    const { value, explain } = pipeline.configuration;
    const found = path.split('.').reduce<unknown>((inner, key) => (inner as never)[key], value);
    expect(found).toEqual(sample);
    if (entry.takes !== 'map') expect(explain(path).winner.layer).toBe('override');
  });

  function isOfKind(value: unknown, { takes, choices }: RunOptionEntry): boolean {
    if (takes === 'number') return value === 7;
    if (takes === 'list') return Array.isArray(value) && value.length === 0;
    if (takes === 'text')
      return choices === undefined ? value === 'other' : choices.includes(value as string);
    return typeof value === takes;
  }
});
