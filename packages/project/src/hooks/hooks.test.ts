/** Hooks of a project are found, told, and heard. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createLogger, type LogRecord } from '@flowerpower/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

let root: string;
let logs: LogRecord[];
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-hooks-')));
  logs = [];
  write({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/sales.yml': 'run: { inputs: { a: 1 } }\n',
    'pipelines/sales.ts':
      "export const total = ({ a }: { a: number }) => { if (a < 0) throw new TypeError('negative'); return a * 2; };\n",
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

async function withProject<T>(use: (project: FlowerPowerProject) => Promise<T>): Promise<T> {
  const log = createLogger({ sink: (record) => void logs.push(record) });
  const project = await FlowerPowerProject.load(root, { environment: {}, log });
  try {
    return await use(project);
  } finally {
    await project.close();
  }
}
const run = (overrides = {}) => withProject((project) => project.run('sales', overrides));
const said = () => logs.map(({ msg }) => msg);
const problem = (call: () => Promise<unknown>) =>
  call().then(
    () => undefined,
    (error: unknown) => error,
  );

/** A file of hooks that logs what is called. */
const telling = (who: string) =>
  ['beforeRun', 'afterRun', 'onSuccess', 'onFailure']
    .map((name) => `export const ${name} = ({ log }) => log.info('${who} ${name}');\n`)
    .join('');

describe('what is called', () => {
  test('those of the project, then those of the pipeline, before and after its runs', async () => {
    write({
      'hooks/all.ts': telling('project'),
      'hooks/sales/own.ts': telling('sales'),
      'hooks/other/x.ts': telling('x'),
    });
    expect((await run()).outputs).toEqual({ total: 2 });
    expect(said()).toEqual([
      'project beforeRun',
      'sales beforeRun',
      'project afterRun',
      'sales afterRun',
      'project onSuccess',
      'sales onSuccess',
    ]);
    logs = [];
    expect(await problem(() => run({ inputs: { a: -1 } }))).toMatchObject({ code: 'FP_NODE_FAILED' });
    expect(said()).toEqual(expect.arrayContaining(['sales onFailure']));
    expect(said()).not.toContain('sales onSuccess');
  });

  test('a dotted pipeline has a folder in a folder; declarations, tests and _private files are no hooks', async () => {
    write({
      'conf/pipelines/eu/north-1.yml': 'name: eu.north-1\n',
      'pipelines/eu/north_1.ts': 'export const one = () => 1;\n',
      'hooks/eu/north_1/tell.ts': telling('north'),
      'hooks/eu/north_1/tell.test.ts': telling('test'),
      'hooks/eu/north_1/_helper.ts': telling('helper'),
      'hooks/eu/group.ts': telling('eu'),
    });
    await withProject((project) => project.run('eu.north-1'));
    expect(said()).toEqual(['north beforeRun', 'north afterRun', 'north onSuccess']);
  });

  test('what they are told', async () => {
    write({
      'hooks/tell.ts': `
export const beforeRun = ({ pipeline, inputs, outputs, signal, log }) => log.info('before', { pipeline, inputs, outputs, aborted: signal.aborted });
export const onSuccess = ({ result, log }) => log.info('success', { outputs: result.outputs });
export const onFailure = ({ error, outcome, log }) => log.info('failure', { code: error.code, status: outcome.status });
`,
    });
    await run({ inputs: { a: 3 } });
    await problem(() => run({ inputs: { a: -3 } }));
    expect(logs).toMatchObject([
      { msg: 'before', pipeline: 'sales', inputs: { a: 3 }, outputs: ['total'], aborted: false },
      { msg: 'success', outputs: { total: 6 } },
      { msg: 'before', inputs: { a: -3 } },
      { msg: 'failure', code: 'FP_NODE_FAILED', status: 'failure' },
    ]);
  });

  test('a pipeline that was loaded before, and a synchronous run, have them too', async () => {
    write({ 'hooks/all.ts': telling('project') });
    await withProject(async (project) => {
      const pipeline = await project.pipelineManager.load('sales');
      await project.pipelineManager.run(pipeline);
      project.runSync('sales');
    });
    const once = ['project beforeRun', 'project afterRun', 'project onSuccess'];
    expect(said()).toEqual([...once, ...once]);
  });

  test('a file of hooks that comes later is called in the next run', async () => {
    await withProject(async (project) => {
      await project.run('sales');
      write({ 'hooks/sales/late.ts': telling('late') });
      await project.run('sales');
    });
    expect(said()[0]).toBe('late beforeRun');
  });

  test('hooksDir says where they are', async () => {
    write({ 'conf/project.yml': 'name: shop\nhooksDir: around\n', 'around/sales/all.ts': telling('there') });
    await run();
    expect(said()[0]).toBe('there beforeRun');
  });

  test('checking and drawing calls none', async () => {
    write({
      'hooks/all.ts': `${telling('project')}export const buildConfig = () => { throw new Error('called'); };\n`,
    });
    await withProject(async ({ pipelineManager }) => {
      await pipelineManager.load('sales');
      await pipelineManager.draw('sales', 'mermaid');
    });
    expect(said()).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('a hook that throws before the run refuses it, with its file', async () => {
    write({
      'hooks/sales/guard.ts': "export const beforeRun = () => { throw new Error('Not on Sundays.'); };\n",
    });
    expect(await problem(run)).toMatchObject({
      code: 'FP_HOOK_FAILED',
      message: 'The hook beforeRun in hooks/sales/guard.ts failed: Not on Sundays. No node was run.',
      places: [{ file: join(root, 'hooks/sales/guard.ts') }],
    });
  });

  test('C09: one that throws after the run is logged', async () => {
    write({
      'hooks/sales/tell.ts': "export const onSuccess = async () => { throw new Error('no line'); };\n",
    });
    expect((await run()).outputs).toEqual({ total: 2 });
    expect(said()).toEqual([
      'The hook onSuccess in hooks/sales/tell.ts failed; the outcome of the run stays as it is.',
    ]);
  });

  test('an export that is no function, and one whose name is nearly that of a moment', async () => {
    write({ 'hooks/a.ts': 'export const beforeRun = 3;\n' });
    expect(await problem(run)).toMatchObject({
      code: 'FP_BAD_HOOK',
      message: 'beforeRun in hooks/a.ts is no function; it is called by its name.',
    });
    write({ 'hooks/a.ts': 'export const beforRun = () => {};\n' });
    const { warnings } = await withProject((project) => project.pipelineManager.load('sales'));
    expect(warnings).toMatchObject([
      { message: 'beforRun in hooks/a.ts is not called by itself.', hint: "Did you mean 'beforeRun'?" },
    ]);
  });
});

describe('callbacks by name', () => {
  beforeEach(() =>
    write({
      'conf/pipelines/sales.yml': 'run:\n  inputs: { a: 1 }\n  onSuccess: notify\n  onFailure: alarm\n',
      'hooks/tell.ts':
        "export const notify = (result) => console.debug('unused');\nexport const alarm = (result, error) => { globalThis.told.push([result, error.code]); };\n",
      'hooks/sales/tell.ts':
        'export const notify = (result, error) => { globalThis.told.push([result.outputs, error]); };\n',
    }),
  );
  const told: unknown[] = [];
  beforeEach(() => Object.assign(globalThis, { told }));
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'told');
    told.length = 0;
  });

  test('run.onSuccess and run.onFailure name exported functions, those of the pipeline first', async () => {
    await run();
    await problem(() => run({ inputs: { a: -1 } }));
    expect(told).toEqual([
      [{ total: 2 }, undefined],
      [undefined, 'FP_NODE_FAILED'],
    ]);
  });

  test('a call may name another, or give a function in its place', async () => {
    write({ 'hooks/more.ts': "export const quiet = () => { globalThis.told.push('quiet'); };\n" });
    await run({ onSuccess: 'quiet' });
    await run({ onSuccess: [(...all: unknown[]) => told.push(all.length), ['x']] });
    expect(told).toEqual(['quiet', 3]);
  });

  test('C06: a name that no file exports is an error of the configuration, with its line', async () => {
    write({ 'conf/pipelines/sales.yml': 'run:\n  onSuccess: notfy\n' });
    expect(await problem(run)).toMatchObject({
      code: 'FP_UNKNOWN_HOOK',
      message: "run.onSuccess: there is no hook 'notfy' in hooks.",
      hint: "Did you mean 'notify'?",
      places: [{ file: expect.stringContaining('sales.yml') as string, line: 2 }],
    });
  });
});

describe('hooks that build the configuration', () => {
  test('give settings above files and variables, below the call', async () => {
    write({
      'hooks/sales/config.ts':
        'export const buildConfig = ({ config, env }) => ({ run: { inputs: { a: config.run.inputs.a + 10 }, logLevel: env } });\n',
    });
    expect((await run()).outputs).toEqual({ total: 22 });
    expect((await run({ inputs: { a: 4 } })).outputs).toEqual({ total: 8 });
    const { configuration } = await withProject((project) =>
      project.pipelineManager.load('sales', {}, { forRun: true }),
    );
    expect(configuration.explain('run.inputs.a').winner).toMatchObject({
      layer: 'hook',
      place: 'buildConfig in hooks/sales/config.ts',
    });
  });

  test('what they give wrongly is reported with their name', async () => {
    write({ 'hooks/config.ts': 'export const buildConfig = () => ({ run: { timeout: "soon" } });\n' });
    expect(String(await problem(run))).toContain(
      'buildConfig in hooks/config.ts: run.timeout must be a number',
    );
    write({ 'hooks/config.ts': 'export const buildConfig = () => 7;\n' });
    expect(await problem(run)).toMatchObject({ code: 'FP_BAD_HOOK' });
    write({
      'hooks/config.ts': "export const buildConfig = async () => { throw new Error('no broker'); };\n",
    });
    expect(await problem(run)).toMatchObject({
      code: 'FP_BAD_HOOK',
      message: 'The hook buildConfig in hooks/config.ts failed: no broker Nothing was run.',
    });
  });
});

describe('addHook', () => {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');

  test.each([
    'build-config',
    'mqtt-build-config',
    'before-run',
    'after-run',
    'on-success',
    'on-failure',
  ] as const)('a hook of the type %s runs as it is', async (type) => {
    await withProject(async (project) => {
      const added = await project.pipelineManager.addHook('sales', { type });
      expect(added).toMatchObject({ pipeline: 'sales', file: 'hooks/sales/hook.ts', setting: undefined });
      expect((await project.run('sales')).outputs).toEqual({ total: 2 });
      await problem(() => project.run('sales', { inputs: { a: -1 } }));
    });
    expect(logs.filter(({ msg }) => msg.startsWith('The hook'))).toEqual([]);
  });

  test('hooks are appended, with one import, and never twice', async () => {
    await withProject(async ({ pipelineManager }) => {
      await pipelineManager.addHook('sales', { type: 'before-run' });
      await pipelineManager.addHook('sales', { type: 'after-run' });
      const text = read('hooks/sales/hook.ts');
      expect(text.match(/^import .*$/gm)).toEqual([
        "import type { AfterRunHook, BeforeRunHook } from 'flowerpower';",
      ]);
      expect(text.match(/^export const \w+/gm)).toEqual(['export const beforeRun', 'export const afterRun']);
      expect(await problem(() => pipelineManager.addHook('sales', { type: 'before-run' }))).toMatchObject({
        code: 'FP_HOOK_EXISTS',
      });
      expect(read('hooks/sales/hook.ts')).toBe(text);
    });
  });

  test('one with a name of its own says what names it', async () => {
    await withProject(async ({ pipelineManager }) => {
      const options = { type: 'on-success', functionName: 'notify', to: 'notify.ts' } as const;
      expect(await pipelineManager.addHook('sales', options)).toEqual({
        pipeline: 'sales',
        name: 'notify',
        file: 'hooks/sales/notify.ts',
        setting: 'run.onSuccess: notify',
      });
      expect(
        await problem(() => pipelineManager.addHook('sales', { type: 'before-run', functionName: 'x' })),
      ).toMatchObject({
        code: 'FP_HOOK_NAME',
      });
      for (const wrong of [
        { type: 'node-pre' },
        { type: 'before-run', to: '../x.ts' },
        { type: 'on-success', functionName: 'a b' },
      ])
        expect(await problem(() => pipelineManager.addHook('sales', wrong as never))).toMatchObject({
          code: 'FP_BAD_OPTION',
        });
      expect(await problem(() => pipelineManager.addHook('sale', { type: 'before-run' }))).toMatchObject({
        code: 'FP_UNKNOWN_PIPELINE',
      });
    });
  });
});
