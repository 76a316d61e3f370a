/** The same settings by YAML, by flags, as an object and by the builder give the same configuration. */
import fc from 'fast-check';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Overrides,
  resolvePipelineConfig,
  type RunConfig,
  type RunOptionEntry,
  runOptionList,
} from '@flowerpower/config';
import { FlowerPowerProject, RunConfigBuilder } from '@flowerpower/project';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';
import { addRunOptions, settingsFrom } from './run-options.js';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);

/** Values of a row that every way can say. */
function valueOf({ takes, choices, path }: RunOptionEntry): fc.Arbitrary<unknown> {
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (takes === 'number') return fc.integer({ min: 1, max: 99 });
  if (takes === 'boolean') return fc.boolean();
  if (takes === 'list') return fc.array(word, { minLength: 1, maxLength: 3 });
  if (takes === 'map') return fc.dictionary(word, fc.oneof(fc.integer(), word), { minKeys: 1, maxKeys: 3 });
  return path.endsWith('cache.dir') ? word.map((name) => `kept/${name}`) : word;
}

/** They belong to the run; below they are compared by what runs. */
const rows = runOptionList.filter(({ path }) => !['run.inputs', 'run.finalVars'].includes(path));

const switchOfCache = rows.find(({ path }) => path === 'run.cache.enabled')!;

const settings = fc
  .subarray(rows, { maxLength: 8 })
  // Whether another key of the cache switches it on depends on the layer that gives it.
  .map((chosen) => [...new Set(chosen.some(ofCache) ? [...chosen, switchOfCache] : chosen)])
  .chain((chosen) => fc.tuple(...chosen.map((row) => valueOf(row).map((value) => [row, value] as const))));
function ofCache({ path }: RunOptionEntry): boolean {
  return path.startsWith('run.cache.');
}

type Settings = readonly (readonly [RunOptionEntry, unknown])[];

/** As it stands below `run:`. */
function nested(given: Settings): Record<string, unknown> {
  const run: Record<string, unknown> = {};
  for (const [{ path }, value] of given) {
    const [, key, inside] = path.split('.') as [string, string, string | undefined];
    run[key] = inside === undefined ? value : { ...(run[key] as object | undefined), [inside]: value };
  }
  return run;
}

function flags(given: Settings): string[] {
  return given.flatMap(([{ flag, takes }, value]) => {
    const long = /--[\w-]+/.exec(flag)![0];
    if (takes === 'boolean') return value === true ? [long] : [long.replace('--', '--no-')];
    if (takes === 'map') return [long, JSON.stringify(value)];
    return [long, Array.isArray(value) ? value.join(',') : String(value)];
  });
}

const ofYaml = (run: object) => ({ file: 'p.yml', text: JSON.stringify({ run }) });
const configOf = async (options: Omit<Parameters<typeof resolvePipelineConfig>[0], 'name'>) =>
  (await resolvePipelineConfig({ name: 'p', ...options })).value;

it('YAML, flags, an object and the builder say the same', async () => {
  await fc.assert(
    fc.asyncProperty(settings, async (given) => {
      const run = nested(given);
      const command = addRunOptions(new Command('run')).exitOverride();
      const parsed = command.parse(flags(given), { from: 'user' }).opts();
      const builder = new RunConfigBuilder();
      for (const each of given) builder.with(nested([each]));
      const byYaml = await configOf({ pipeline: ofYaml(run) });
      expect(await configOf({ set: settingsFrom(parsed) })).toEqual(byYaml);
      expect(await configOf({ overrides: { run } })).toEqual(byYaml);
      expect(await configOf({ overrides: { run: builder.build() as Overrides<RunConfig> } })).toEqual(byYaml);
    }),
    { numRuns: 60 },
  );
});

it('calls of the builder merge as layers of the configuration do', async () => {
  await fc.assert(
    fc.asyncProperty(settings, settings, settings, async (...layers) => {
      const [project, pipeline, call] = layers.map(nested) as [object, object, object];
      const byLayers = await configOf({
        project: { file: 'project.yml', text: JSON.stringify({ name: 'shop', run: project }) },
        pipeline: ofYaml(pipeline),
        overrides: { run: call },
      });
      const builder = new RunConfigBuilder();
      for (const each of [project, pipeline, call]) builder.with(each);
      expect(await configOf({ overrides: { run: builder.build() as Overrides<RunConfig> } })).toEqual(
        byLayers,
      );
    }),
    { numRuns: 60 },
  );
});

it('each method of the original sets what it says', () => {
  const onSuccess = () => {};
  const adapter = { name: 'quiet' };
  const built = new RunConfigBuilder()
    .withInputs({ a: 1 })
    .withInputs({ b: { c: 1 } })
    .withInputs({ b: { d: 2 } })
    .withFinalVars(['sum'])
    .withConfig({ region: 'eu', deep: { x: 1 } })
    .withConfig({ deep: { y: 2 } })
    .withParams({ sum: { by: 1 } })
    .withOverrides({ raw: [] })
    .withCache(true)
    .withCache({ dir: 'kept' })
    .withAdapter(adapter)
    .withAdapter(adapter)
    .withAdapterCfg({ progress: true })
    .withExecutor({ maxWorkers: 3 })
    .withExecutor('local')
    .withRetryConfig({ maxDelay: 9, maxRetries: 1 })
    .withMaxRetries(2)
    .withRetryDelay(0.5)
    .withJitterFactor(0)
    .withRetryExceptions(['TimeoutError'])
    .withTimeout(60)
    .withMaxConcurrency(4)
    .withOnError('continue')
    .withLogLevel('DEBUG')
    .withAdditionalModules(['more'])
    .withReload()
    .withCallbacks({ onFailure: onSuccess })
    .withOnSuccess([onSuccess, ['#ops']])
    .build();
  expect(built).toEqual({
    inputs: { a: 1, b: { d: 2 } },
    outputs: ['sum'],
    config: { region: 'eu', deep: { x: 1, y: 2 } },
    params: { sum: { by: 1 } },
    overrides: { raw: [] },
    cache: { enabled: true, dir: 'kept' },
    adapters: [adapter, adapter],
    withAdapter: { progress: true },
    executor: { maxWorkers: 3, type: 'local' },
    retry: {
      maxDelay: 9,
      maxRetries: 2,
      retryDelay: 0.5,
      jitterFactor: 0,
      retryExceptions: ['TimeoutError'],
    },
    timeout: 60,
    maxConcurrency: 4,
    onError: 'continue',
    logLevel: 'DEBUG',
    additionalModules: ['more'],
    reload: true,
    onSuccess: [onSuccess, ['#ops']],
    onFailure: onSuccess,
  });
});

it('what was built stays as it was; reset forgets everything', () => {
  const given = { config: { region: 'eu' } };
  const builder = RunConfigBuilder.fromConfig(given);
  const first = builder.build();
  builder.withConfig({ region: 'us' });
  expect([given, first]).toEqual([{ config: { region: 'eu' } }, { config: { region: 'eu' } }]);
  expect(builder.build()).toEqual({ config: { region: 'us' } });
  expect(builder.reset().build()).toEqual({});
});

it('a setting that does not exist is refused where it is given', () => {
  expect(() => new RunConfigBuilder().with({ timeoutt: 3 } as never)).toThrow(
    "RunConfigBuilder: There is no option 'timeoutt'.",
  );
});

describe('in a run', () => {
  let temp: TempProject;
  let project: FlowerPowerProject;
  beforeAll(async () => {
    temp = createTempProject({
      'conf/project.yml': 'name: shop\n',
      'conf/pipelines/p.yml': 'run: { inputs: { a: 1, b: 2 } }\n',
      'pipelines/p.ts': [
        'export const sum = ({ a, b }: { a: number; b: number }) => a + b;',
        'export const twice = ({ sum }: { sum: number }) => sum * 2;',
        'let calls = 0;',
        "export const shaky = () => { if (++calls % 2) throw new Error('busy'); return calls; };",
        '',
      ].join('\n'),
    });
    project = await FlowerPowerProject.load(temp.root, { environment: {} });
  });
  afterAll(async () => {
    await project.close();
    temp.remove();
  });

  it('inputs are laid over those of the file, and outputs are computed', async () => {
    const config = new RunConfigBuilder().withInputs({ b: 5 }).withFinalVars(['sum', 'twice']).build();
    expect((await project.run('p', config)).outputs).toEqual({ sum: 6, twice: 12 });
  });

  it('retries and callbacks work', async () => {
    const told: unknown[] = [];
    const onSuccess = (result: { readonly outputs: object }, _error: undefined, where: string) =>
      void told.push([result.outputs, where]);
    const config = new RunConfigBuilder()
      .withFinalVars(['shaky'])
      .withMaxRetries(1)
      .withRetryDelay(0)
      .withOnSuccess([onSuccess, ['#ops']])
      .build();
    const { attempts, outputs } = await project.run('p', config);
    expect({ attempts, outputs }).toEqual({ attempts: 2, outputs: { shaky: 2 } });
    expect(told).toEqual([[{ shaky: 2 }, '#ops']]);
  });
});
