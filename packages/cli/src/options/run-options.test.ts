/** Every row of the table of run options: its flag, its variables, its place in YAML, and that the run reads it. */
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunOptionEntry, resolvePipelineConfig, runOptionList } from '@flowerpower/config';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { FlowerPowerProject } from '@flowerpower/project';
import { createPipelineRunner } from '@flowerpower/runtime';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';
import { refuseRepeats } from './refuse-repeats.js';
import { addRunOptions, type RunFlags, settingsFrom } from './run-options.js';

/** A value that is not the default, and how a person types it. */
function sampleOf({ takes, choices }: RunOptionEntry): { readonly value: unknown; readonly text: string } {
  switch (takes) {
    case 'number':
      return { value: 7, text: '7' };
    case 'boolean':
      return { value: true, text: 'true' };
    case 'list':
      return { value: ['a', 'b'], text: 'a,b' };
    case 'map':
      return { value: { a: 1 }, text: '{"a": 1}' };
    default: {
      const text = choices?.at(-1) ?? 'other';
      return { value: text, text };
    }
  }
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}

function parse(args: readonly string[]): RunFlags {
  const command = addRunOptions(new Command('run').exitOverride().configureOutput({ writeErr: () => {} }));
  refuseRepeats(command);
  return command.parse(args, { from: 'user' }).opts();
}

const long = ({ flag }: RunOptionEntry) => /--[\w-]+/.exec(flag)![0];
const rows = runOptionList.map((entry) => [entry.path, entry] as const);

describe.each(rows)('%s', (path, entry) => {
  const { value, text } = sampleOf(entry);

  it('has a flag in --help, with its phrase', () => {
    const help = addRunOptions(new Command('run')).configureHelp({ helpWidth: 300 }).helpInformation();
    const line = help.split('\n').find((each) => each.includes(`${entry.flag} `));
    expect(line).toContain(entry.help);
  });

  it('is read from YAML', async () => {
    const yaml = path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    const pipeline = { file: 'p.yml', text: JSON.stringify(yaml) };
    expect(at((await resolvePipelineConfig({ name: 'p', pipeline })).value, path)).toEqual(value);
  });

  it('is read from its variables', async () => {
    for (const variable of [entry.pathVariable, entry.variable ?? entry.pathVariable]) {
      const { value: config } = await resolvePipelineConfig({ name: 'p', env: { [variable]: text } });
      expect(at(config, path)).toEqual(value);
    }
  });

  it('is set by its flag', async () => {
    const flags = parse(entry.takes === 'boolean' ? [long(entry)] : [long(entry), text]);
    if (path === 'run.inputs') return expect(flags.inputs).toEqual([text]);
    if (path === 'run.finalVars') return expect(flags.outputs).toEqual(text);
    const { value: config, explain } = await resolvePipelineConfig({ name: 'p', set: settingsFrom(flags) });
    expect(at(config, path)).toEqual(value);
    expect(explain(path).winner.place).toBe(long(entry));
  });
});

it('a boolean is switched off by its --no-…', async () => {
  const set = settingsFrom(parse(['--no-cache', '--no-reload']));
  const pipeline = { file: 'p.yml', text: 'run: { cache: true, reload: true }' };
  const { value } = await resolvePipelineConfig({ name: 'p', pipeline, set });
  expect(value.run).toMatchObject({ cache: { enabled: false }, reload: false });
});

it('a wrong value is reported with the name of its flag, and all of them together', async () => {
  const set = settingsFrom(parse(['--timeout', 'soon', '--on-error', 'stop']));
  const failed = await resolvePipelineConfig({ name: 'p', set }).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'FP_CONFIG_INVALID', problems: [{}, {}] });
  expect(String(failed)).toContain('--timeout: run.timeout must be a number');
  expect(String(failed)).toContain('--on-error: run.onError must be fail or continue');
});

describe('one setting twice on the command line', () => {
  it.each([
    [['--set', 'run.timeout=1', '--set', 'run.timeout=2'], '--set run.timeout is given twice'],
    [
      ['--timeout', '1', '--set', 'run.timeout=2'],
      'run.timeout is given by --set run.timeout and by --timeout',
    ],
  ])('%s', (args, message) => {
    expect(() => settingsFrom(parse(args))).toThrow(message);
  });

  const single = runOptionList.filter(({ takes }) => takes === 'text' || takes === 'number');
  it.each(single.map((entry) => [long(entry), sampleOf(entry).text]))('is refused for %s', (flag, text) => {
    expect(() => parse([flag, text, flag, text])).toThrow(`${flag} is given twice.`);
  });

  const flags = runOptionList.filter(({ takes }) => takes === 'boolean');
  it.each(flags.map(long))('%s beside its --no-… is refused', (flag) => {
    const no = flag.replace('--', '--no-');
    expect(() => parse([flag, no])).toThrow(`${flag} and ${no} are given together.`);
    expect(() => parse([no, flag])).toThrow(`${no} and ${flag} are given together.`);
    expect(() => parse([flag, flag])).not.toThrow();
  });

  it('is fine for lists, which are added up', () => {
    expect(parse(['-o', 'a', '-o', 'b,c']).outputs).toBe('a,b,c');
  });
});

describe('what reaches the run', () => {
  /** Counts how often the key at each path is read. */
  function recorded<T extends object>(target: T, path: string, reads: Map<string, number>): T {
    return new Proxy(target, {
      get(object, key, receiver) {
        const inner: unknown = Reflect.get(object, key, receiver);
        if (typeof key === 'symbol') return inner;
        // The check of types reads each value once, and that is no use of it.
        const before = reads.get(`${path}.${key}`) ?? (Object.hasOwn(object, key) ? -1 : 0);
        reads.set(`${path}.${key}`, before + 1);
        const isMap = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
        return isMap ? recorded(inner, `${path}.${key}`, reads) : inner;
      },
    });
  }

  let project: TempProject;
  beforeAll(() => {
    project = createTempProject({
      'conf/project.yml': 'name: shop\n',
      'conf/pipelines/p.yml': '{}\n',
      'pipelines/p.ts': 'export const a = () => extra.a;\nconst extra = { a: 1 };\n',
      'pipelines/more.ts': 'export const b = () => 2;\n',
    });
  });
  afterAll(() => project.remove());

  it('the runner reads every option, or else the project does', async () => {
    const reads = new Map<string, number>();
    // Options that are handed on together are read when they are there.
    const cache = runOptionList.filter(({ path }) => path.startsWith('run.cache.'));
    const env = Object.fromEntries(
      cache.map((entry) => [entry.pathVariable, entry.takes === 'list' ? '[]' : sampleOf(entry).text]),
    );
    const { value } = await resolvePipelineConfig({ name: 'p', env });
    const runner = createPipelineRunner({ registry: createRegistry([]), fs: createMemoryFileSystem() });
    const run = recorded({ ...value.run, onSuccess: undefined, onFailure: undefined }, 'run', reads);
    await runner.run({ ...value, run, modules: [{ a: () => 1 }] });
    await runner.close();
    const unread = runOptionList.map(({ path }) => path).filter((path) => (reads.get(path) ?? 0) < 1);
    // Modules are imported before there is anything to run.
    expect(unread).toEqual(['run.reload', 'run.additionalModules']);
  });

  it('run.additionalModules and run.reload', async () => {
    const loaded = await FlowerPowerProject.load(project.root, { environment: {} });
    const load = (args: readonly string[]) =>
      loaded.pipelineManager.load('p', { set: settingsFrom(parse(args)) });
    expect((await load(['--additional-modules', 'more'])).outputs).toEqual(['b', 'a']);
    project.write({ 'pipelines/p.ts': 'export const c = () => 1;\n' });
    expect((await load([])).outputs).toEqual(['a']);
    expect((await load(['--reload'])).outputs).toEqual(['c']);
    await loaded.close();
  });
});
