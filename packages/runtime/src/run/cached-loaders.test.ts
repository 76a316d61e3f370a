/**
 * `run.cache.defaultLoaderBehavior: default`: what the key of a loader must tell apart. Each test has the name of a fault.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDriver, defineModule, loadNode, memoryCacheStore } from '@flowerpower/core';
import { createBoundary, createLocalFileSystem, createMemoryFileSystem } from '@flowerpower/fs';
import { createMaterializers, from, type OptionsSchema } from '@flowerpower/io';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pipeline, setUp } from '../__fixtures__/set-up.js';

let base: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'fp-cached-loaders-')));
  mkdirSync(join(base, 'shared'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** A project with one data file, in a folder of its own. */
function project(name: string, data: string) {
  const root = join(base, name);
  mkdirSync(root);
  writeFileSync(join(root, 'd.json'), data);
  const boundary = createBoundary({ root, allowOutside: ['../shared'] });
  return setUp({ fs: createLocalFileSystem({ root }), boundary });
}
const cache = { enabled: true, dir: '../shared/cache', defaultLoaderBehavior: 'default' } as const;

test.each<[string, object, object]>([
  ['io.load', {}, { load: { d: { type: 'json', path: 'd.json' } } }],
  ['from in code', { d: loadNode(from.json({ path: 'd.json' })) }, {}],
])(
  'two projects that share a cache directory do not share what they load by one relative path: %s',
  async (_, nodes, more) => {
    const m = { out: ({ d }: { d: { v: string } }) => d.v, ...nodes };
    const run = async ({ runner }: Awaited<ReturnType<typeof setUp>>) => {
      const { outputs, nodes } = await runner.run(pipeline(m, { ...more, run: { cache } }));
      return [outputs['out'], nodes['d']?.status, nodes['d']?.cached];
    };
    const [a, b] = [await project('a', '{"v":"A"}'), await project('b', '{"v":"B"}')];
    expect(await run(a)).toEqual(['A', 'success', undefined]);
    expect(await run(b)).toEqual(['B', 'success', undefined]);
    expect(await run(a)).toEqual(['A', 'success', true]);
  },
);

const times = (factor: number): OptionsSchema<number[]> => ({
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => ({ value: (value as number[]).map((each) => each * factor) }),
  },
});
const sum = ({ o }: { o: number[] }) => o.reduce((total, each) => total + each, 0);

test.each([
  ['of the pipeline', 'rows'],
  ['of a file', 'schemas.ts#rows'],
])(
  'the code of a schema %s is a part of the key of its loader, with all that it imports',
  async (_, schema) => {
    const { runner } = await setUp({ files: { 'o.json': '[1,2]' } });
    const run = async (factor: number) => {
      const codeVersion = `text with ${factor}`;
      const exports = { rows: times(factor) };
      const module = defineModule({ name: 'schemas', exports, codeVersion });
      const definition = pipeline(
        {},
        {
          modules: schema === 'rows' ? [{ sum }, module] : [{ sum }],
          load: { o: { type: 'json', path: 'o.json', schema } },
          run: { cache: { enabled: true, defaultLoaderBehavior: 'default' } },
        },
      );
      const { outputs, nodes } = await runner.run({ ...definition, schemaModules: { 'schemas.ts': module } });
      return [outputs['sum'], nodes['o']?.cached];
    };
    expect(await run(2)).toEqual([6, undefined]);
    expect(await run(5)).toEqual([15, undefined]);
    expect(await run(2)).toEqual([6, true]);
  },
);

test('a loader whose schema is of unknown code runs every time, and the log says why', async () => {
  const { runner, logs } = await setUp({ files: { 'o.json': '[1,2]' }, level: 'DEBUG' });
  const run = async (factor: number) => {
    const module = { rows: times(factor), sum };
    const load = { o: { type: 'json', path: 'o.json', schema: 'rows' } };
    const definition = pipeline(module, {
      load,
      run: { finalVars: ['sum'], cache: { enabled: true, defaultLoaderBehavior: 'default' } },
    });
    return (await runner.run(definition)).outputs['sum'];
  };
  expect([await run(2), await run(5)]).toEqual([6, 15]);
  expect(JSON.stringify(logs)).toContain('`dependsOn.schema[\\"~standard\\"].validate` is a function');
});

test('a rule for paths that does not say where it leads keeps nothing', async () => {
  const store = memoryCacheStore();
  const load = async (text: string) => {
    const fs = createMemoryFileSystem();
    await fs.write('motd.txt', text);
    const { from: unknown } = createMaterializers({ resolve: (path) => ({ fs, path }) });
    const driver = createDriver({
      modules: [{ motd: loadNode(unknown.text({ path: 'motd.txt' })) }],
      cache: { store, defaultLoaderBehavior: 'default' },
    });
    return [(await driver.execute(['motd'])).motd, driver.cache.explain()[0]!.text];
  };
  const reason = 'its code cannot be compared: of what a modifier was given `dependsOn.files` is a function';
  expect(await load('a')).toEqual(['a', `motd.loader: miss, ${reason}`]);
  expect(await load('b')).toEqual(['b', `motd.loader: miss, ${reason}`]);
});
