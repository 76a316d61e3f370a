/** A secret in an option that a plugin declares secret was shown like any other text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry, definePlugin } from '@flowerpower/plugin';
import type { RunEvent } from '@flowerpower/runtime';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';
import { secretOptions, secretsInPipeline } from './secret-options.js';

const secret = v.pipe(v.string(), v.metadata({ 'x-secret': true }));

describe('options that are secret', () => {
  it.each([
    ['valibot', v.strictObject({ key: secret, region: v.string() })],
    [
      'valibot, optional',
      v.pipe(
        v.strictObject({ key: v.optional(secret) }),
        v.check(() => true),
      ),
    ],
    [
      'valibot, behind a step that changes names',
      v.pipe(v.record(v.string(), v.unknown()), v.strictObject({ key: secret })),
    ],
    ['a library that tells', told({ properties: { key: { type: 'string', 'x-secret': true }, region: {} } })],
  ])('%s', (_name, schema) => {
    expect(secretOptions(schema)).toEqual(['key']);
  });

  it('are none where the library does not tell', () => {
    expect(secretOptions(told(undefined))).toEqual([]);
  });
});

function told(schema: object | undefined) {
  const input = () => {
    if (schema === undefined) throw new Error('cannot');
    return schema;
  };
  return {
    '~standard': {
      version: 1,
      vendor: 'other',
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input },
    },
  } as const;
}

test('of adapters: under adapter and run.withAdapter, also in maps such as headers', () => {
  const watcher = definePlugin({
    name: 'watcher',
    apiVersion: 1,
    adapters: {
      watcher: {
        options: v.strictObject({
          url: v.string(),
          headers: v.pipe(v.record(v.string(), v.string()), v.metadata({ 'x-secret': true })),
        }),
        create: () => ({ onEvent() {} }),
      },
    },
  });
  const settings = { watcher: { url: 'http://x', headers: { Authorization: 'Bearer of-headers' } } };
  const found = secretsInPipeline(
    { io: { load: {}, save: {} }, adapter: settings, run: { withAdapter: settings } } as never,
    createRegistry([watcher]),
  );
  expect(found.map(({ path, texts }) => [path.join('.'), texts[0]?.text])).toEqual([
    ['adapter.watcher.headers', 'Bearer of-headers'],
    ['run.withAdapter.watcher.headers', 'Bearer of-headers'],
  ]);
});

const vault = definePlugin({
  name: 'vault',
  apiVersion: 1,
  fileSystems: {
    vault: {
      options: v.strictObject({ key: secret }),
      create: () => createMemoryFileSystem({ name: 'vault' }),
    },
  },
});

let root: string;
let project: FlowerPowerProject | undefined;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-vault-'));
  const files = {
    'conf/project.yml': 'storageOptions: { vault: { key: written-in-clear } }',
    'conf/pipelines/p.yml':
      'io: { save: { a: { type: json, path: "vault://x/a.json", storageOptions: { key: of-the-entry } } } }',
    'pipelines/p.ts':
      "export const a = () => { throw new Error('sent written-in-clear and of-the-entry'); };\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterEach(async () => {
  await project?.close();
  project = undefined;
  rmSync(root, { recursive: true, force: true });
});

it('they are masked in events and messages, also where the file has them in clear', async () => {
  const events: RunEvent[] = [];
  const masks: ((text: string) => string)[] = [];
  project = await FlowerPowerProject.load(root, {
    plugins: [vault],
    environment: {},
    onEvent: (event) => void events.push(event),
    onMask: (mask) => void masks.push(mask),
  });
  await expect(project.run('p')).rejects.toThrow('sent');
  const shown = JSON.stringify(events);
  expect(shown).toContain('sent *** and ***');
  expect(shown).not.toMatch(/written-in-clear|of-the-entry/);
  expect(masks.reduce((text, mask) => mask(text), 'written-in-clear')).toBe('***');
});
