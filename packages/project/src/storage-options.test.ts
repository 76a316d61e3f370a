/** How the filesystems that plugins bring get their options. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { definePlugin } from '@flowerpower/plugin';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject, type LoadProjectOptions } from './index.js';

let root: string;
let made: { options: unknown; authority: string; fs: FileSystem }[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-storage-'));
  made = [];
});
afterEach(() => rmSync(root, { recursive: true }));

/** Buckets that remember how they were asked for. */
const store = definePlugin({
  name: 'store',
  apiVersion: 1,
  fileSystems: {
    store: {
      options: v.strictObject({ region: v.optional(v.string()), zone: v.optional(v.number()) }),
      create(options, authority) {
        const fs = createMemoryFileSystem({ name: authority });
        made.push({ options, authority, fs });
        return fs;
      },
    },
  },
});

async function load(projectYml: string, options: LoadProjectOptions = {}): Promise<FlowerPowerProject> {
  const files = {
    'conf/project.yml': projectYml,
    'conf/pipelines/p.yml': 'io:\n  save:\n    greeting: { type: text, path: store://bucket/greeting.txt }\n',
    'pipelines/p.ts': "export function greeting(): string { return 'hello' }\n",
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return FlowerPowerProject.load(root, { environment: { REGION: 'north' }, plugins: [store], ...options });
}

const withOptions = 'name: shop\nstorageOptions:\n  store:\n    region: ${REGION}\n';

test('a pipeline writes to a bucket with the options of the project', async () => {
  const project = await load(withOptions);
  await project.run('p');
  expect(made).toMatchObject([{ options: { region: 'north' }, authority: 'bucket' }]);
  expect(await made[0]!.fs.readText('greeting.txt')).toBe('hello');
  await project.close();
});

test('options in code stand in place of those of their scheme', async () => {
  const project = await load(withOptions, { storageOptions: { store: { zone: 2 } } });
  await project.run('p');
  expect(made).toMatchObject([{ options: { zone: 2 } }]);
  await project.close();
});

test.each([
  ['a misspelt option', 'store: { regoin: x }', 'FP_IO_OPTIONS', 'regoin'],
  ['a scheme that no plugin brings', 'stoer: {}', 'FP_UNKNOWN_SCHEME', "Did you mean 'store'?"],
  ['a scheme without options', 'file: { root: x }', 'FP_STORAGE_OPTIONS', "'file'"],
  ['something else than a map', 'store: 5', 'FP_CONFIG_TYPE', 'a map'],
])('%s is refused at its line', async (_name, line, code, says) => {
  const error: unknown = await load(`name: shop\nstorageOptions:\n  ${line}\n`).catch(
    (error: unknown) => error,
  );
  expect(error).toMatchObject({ code, places: [{ file: 'conf/project.yml', line: 3 }] });
  expect(JSON.stringify(error, ['message', 'hint'])).toContain(says);
  expect(made).toEqual([]);
});

test('a variable that is not set stopped also what has no use for the scheme', async () => {
  const yml = 'name: shop\nstorageOptions:\n  store:\n    region: ${NOWHERE}\n    zone: 1\n';
  const project = await load(yml);
  const { pipelineManager } = project;
  writeFileSync(join(root, 'pipelines/plain.ts'), 'export const plain = (): number => 1;\n');
  expect((await project.run('plain')).outputs).toEqual({ plain: 1 });
  expect(await pipelineManager.draw('p', 'text')).toContain('greeting');
  const unset = { code: 'FP_CONFIG_VARIABLE_UNSET', places: [{ file: 'conf/project.yml', line: 4 }] };
  expect(pipelineManager.examine(await pipelineManager.load('p'))).toMatchObject({
    problems: [],
    unset: [unset],
  });
  expect(pipelineManager.examine(await pipelineManager.load('plain'))).toMatchObject({ unset: [] });
  await expect(project.run('p')).rejects.toMatchObject(unset);
  await expect(pipelineManager.exportAll('store://bucket/other')).rejects.toMatchObject(unset);
  expect(made).toEqual([]);
  await project.close();
  // Options in code stand in place of all of them.
  const given = await load(yml, { storageOptions: { store: {} } });
  await given.run('p');
  expect(made).toMatchObject([{ options: {} }]);
  await given.close();
});

test('the other project of an import and an export is opened with the options of this one', async () => {
  const project = await load(withOptions);
  await expect(project.pipelineManager.importAll('store://other/shop')).rejects.toMatchObject({
    message: expect.stringContaining('no pipelines in'),
  });
  await project.pipelineManager.exportAll('store://other/shop');
  expect(made).toMatchObject([{ options: { region: 'north' } }, { options: { region: 'north' } }]);
  await project.close();
});

test('an option beside the path replaces the one that is not known, and no other', async () => {
  const project = await load('storageOptions: { store: { region: "${NOWHERE}" } }\n');
  const entry = (options: string) =>
    writeFileSync(
      join(root, 'conf/pipelines/p.yml'),
      `io: { save: { greeting: { type: text, path: store://bucket/x, storageOptions: ${options} } } }`,
    );
  entry('{ zone: 2 }');
  await expect(project.run('p')).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
  entry('{ region: south }');
  await project.run('p');
  expect(made).toMatchObject([{ options: { region: 'south' } }]);
  await project.close();
});

test('all options of a scheme may come from a variable that is not set', async () => {
  const project = await load('storageOptions: { store: "${NOWHERE}" }\n');
  await project.pipelineManager.draw('p', 'text');
  await expect(project.run('p')).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
  await project.close();
  const whole = await load('storageOptions: "${NOWHERE}"\n');
  await expect(whole.run('p')).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
  await whole.close();
});
