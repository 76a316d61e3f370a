/** What the compiler refuses, and JavaScript lets through: each is an error that names the option. */
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { describe, expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';
import { fileCacheStore } from '../cache/file-cache-store.js';
import { createLogger } from '../logging/logger.js';
import { createPipelineRunner } from './pipeline-runner.js';

const m = { a: () => 1 };
const sound = pipeline(m);
const withRun = (run: object) => ({ ...sound, run: { ...sound.run, ...run } });

async function expectBadOption(run: () => unknown, name: string): Promise<void> {
  const error = await errorOf(run);
  expect([error['code'], error.message]).toEqual(['FP_BAD_OPTION', expect.stringContaining(name)]);
}

describe('a runner', () => {
  const fs = createMemoryFileSystem();
  const registry = createRegistry();
  test.each<[unknown, string]>([
    [undefined, 'createPipelineRunner: The options must be an object'],
    [null, 'createPipelineRunner: The options must be an object'],
    [{ fs }, 'registry must be'],
    [{ registry }, 'fs must be'],
    [{ registry: {}, fs }, 'registry must be'],
    [{ registry, fs: '/data' }, 'fs must be a filesystem, not string(5)'],
    [{ registry, fs, onEvnt: () => {} }, "There is no option 'onEvnt'"],
    [{ registry, fs, onEvent: true }, 'onEvent must be a function'],
    [{ registry, fs, log: {} }, 'log must be'],
    [{ registry, fs, log: console }, 'log must be a log, as createLogger makes it'],
    [{ registry, fs, storageOptions: [] }, 'storageOptions must be'],
    [{ registry, fs, boundary: '/' }, 'boundary must be'],
    [{ registry, fs, clock: Date }, 'clock must be'],
    [{ registry, fs, random: 0.5 }, 'random must be'],
    [{ registry, fs, scope: {} }, 'scope must be'],
  ])('of %o', (options, name) => expectBadOption(() => createPipelineRunner(options as never), name));
});

describe('a pipeline', () => {
  const cases: [unknown, string][] = [
    [undefined, 'The pipeline: The options must be an object'],
    ['etl', 'The pipeline: The options must be an object'],
    [{ ...sound, name: 7 }, 'name must be a text'],
    [{ ...sound, modules: m }, 'modules must be a list of modules'],
    [{ ...sound, modules: [null] }, 'modules[0] must be an object'],
    [{ ...sound, params: null }, 'params must be'],
    [{ ...sound, parms: {} }, "There is no option 'parms'"],
    [{ ...sound, io: undefined }, 'io must be'],
    [{ ...sound, io: { load: [], save: {} } }, 'io.load must be'],
    [{ ...sound, io: { load: { x: 'csv' }, save: {} } }, 'io.load must be'],
    [{ ...sound, io: { load: {}, save: {}, sav: {} } }, "There is no option 'io.sav'"],
    [{ ...sound, run: undefined }, 'run must be'],
    [{ ...sound, placeOf: {} }, 'placeOf must be a function'],
    [withRun({ onErorr: 'continue' }), "There is no option 'run.onErorr'"],
    [withRun({ inputs: null }), 'run.inputs must be'],
    [withRun({ finalVars: 'a' }), 'run.finalVars must be a list of names'],
    [withRun({ retry: 3 }), 'run.retry must be'],
    [withRun({ executor: 'local' }), 'run.executor must be'],
    [withRun({ executor: { type: 'local', maxWorker: 1 } }), "There is no option 'run.executor.maxWorker'"],
    [withRun({ onSuccess: 'log' }), 'run.onSuccess must be a function'],
    [withRun({ cache: { enabled: true, default: 'a' } }), 'run.cache.default must be'],
  ];
  test.each(cases)('%# is refused by whatever takes it', async (definition, name) => {
    const { runner } = await setUp();
    for (const use of ['build', 'plan', 'run', 'settle', 'runSync'] as const)
      await expectBadOption(() => runner[use](definition as never), name);
    await runner.close();
  });

  test('all faults are reported at once', async () => {
    const { runner } = await setUp();
    const bad = { ...sound, params: null, io: null, run: { ...sound.run, retry: null, timeuot: 3 } };
    const { problems } = await errorOf(() => runner.build(bad as never));
    expect((problems as { message: string }[]).map(({ message }) => message)).toEqual([
      'The pipeline: params must be an object of values by name, not null.',
      'The pipeline: io must be an object of values by name, not null.',
      'run.retry must be an object of values by name, not null.',
      "There is no option 'run.timeuot'.",
    ]);
  });
});

describe('what one run changes', () => {
  test.each<[unknown, string]>([
    [null, 'The options must be an object'],
    [{ input: {} }, "There is no option 'input'"],
    [{ timeout: 3 }, "There is no option 'timeout'"],
    [{ inputs: null }, 'inputs must be'],
    [{ inputs: [1] }, 'inputs must be'],
    [{ overrides: null }, 'overrides must be'],
    [{ outputs: 'a' }, 'outputs must be a list of names'],
    [{ outputs: [m.a] }, 'outputs must be a list of names'],
    [{ signal: {} }, 'signal must be an AbortSignal'],
    [{ runId: 7 }, 'runId must be a text'],
    [{ adapters: {} }, 'adapters must be a list of adapters'],
  ])('%o', async (overrides, name) => {
    const { runner, events } = await setUp();
    for (const use of ['plan', 'run', 'settle', 'runSync'] as const)
      await expectBadOption(() => runner[use](sound, overrides as never), name);
    expect(events).toEqual([]);
    await runner.close();
  });
});

test.each<[() => unknown, string]>([
  [() => createLogger(undefined as never), 'createLogger: The options'],
  [() => createLogger({} as never), 'sink must be a function'],
  [() => createLogger({ sink: () => {}, level: 'LOUD' as never }), "level must be 'DEBUG'"],
  [() => createLogger({ sink: () => {}, lvl: 'INFO' } as never), "There is no option 'lvl'"],
  [() => fileCacheStore(null as never), 'fileCacheStore: The options'],
  [() => fileCacheStore({ dir: 'x' } as never), 'fs must be a filesystem'],
  [() => fileCacheStore({ fs: createMemoryFileSystem(), dir: 7 as never }), 'dir must be a text'],
  [() => fileCacheStore({ fs: createMemoryFileSystem(), dir: 'x', maxSize: 1 } as never), "'maxSize'"],
])('a log and a cache store: %#', (make, name) => expectBadOption(make, name));

test('the compiler refuses what is refused when it runs', () => {
  const make = () => {
    // @ts-expect-error -- no registry
    const runner = createPipelineRunner({ fs: createMemoryFileSystem() });
    // @ts-expect-error -- a list of names
    void runner.run(sound, { outputs: 'a' });
    // @ts-expect-error -- no such option
    void runner.run(sound, { input: {} });
    // @ts-expect-error -- fail or continue
    void runner.run({ ...sound, run: { ...sound.run, onError: 'continu' } });
    // @ts-expect-error -- a list
    runner.build({ ...sound, modules: m });
    // @ts-expect-error -- a sink
    createLogger({});
  };
  expect(make).toThrow('registry must be');
});
