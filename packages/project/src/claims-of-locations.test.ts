/** C42 and C38 through the facade: what configuration says reaches nothing outside of the project, and imports no code by itself. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject, type LoadProjectOptions } from './flowerpower-project.js';
import type { PipelineOverrides } from './pipelines/pipeline-overrides.js';

let base: string;
let root: string;
let outside: string;
let project: FlowerPowerProject | undefined;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-c42-')));
  root = join(base, 'project');
  outside = join(base, 'outside');
  put('conf/project.yml', '');
  put('pipelines/p.ts', 'export const a = ({ n = 1 }: { n?: unknown }) => n;\n');
  mkdirSync(outside);
  writeFileSync(
    join(outside, 'evil.mjs'),
    'globalThis.flowerpowerEvil = true; export default {}; export const x = () => 1;\n',
  );
  symlinkSync('../outside', join(root, 'link'));
});
afterEach(async () => {
  await project?.close();
  project = undefined;
  Reflect.deleteProperty(globalThis, 'flowerpowerEvil');
  rmSync(base, { recursive: true, force: true });
});
function put(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
async function run(overrides: PipelineOverrides = {}, options: LoadProjectOptions = {}): Promise<unknown> {
  project = await FlowerPowerProject.load(root, { environment: {}, ...options });
  return (await project.run('p', overrides)).outputs;
}

const spellings: Readonly<Record<string, () => string>> = {
  'that climbs': () => '../outside/x.json',
  'that climbs further down': () => 'a/b/../../../outside/x.json',
  absolute: () => join(outside, 'x.json'),
  'absolute, with two slashes': () => `/${join(outside, 'x.json')}`,
  'of a file URI': () => pathToFileURL(join(outside, 'x.json')).href,
  'of a file URI in capitals': () => pathToFileURL(join(outside, 'x.json')).href.replace('file:', 'FILE:'),
  'of a file URI, percent-encoded': () => `${pathToFileURL(root).href}/%2e%2e/outside/x.json`,
  'behind a link': () => 'link/x.json',
  'with a back-slash': () => '..\\outside\\x.json',
  'with a drive': () => 'C:\\outside\\x.json',
  'of a home': () => '~/x.json',
};

describe('C42: a save path outside of the project is refused', () => {
  const save = (path: string) => `io:\n  save:\n    a:\n      type: json\n      path: ${path}\n`;
  const givers: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
    'in the file': (path) => (put('conf/pipelines/p.yml', save(JSON.stringify(path))), run()),
    'from a variable': (path) => (
      put('conf/pipelines/p.yml', save('${OUT}')), run({}, { environment: { OUT: path } })
    ),
    'from .env': (path) => (
      put('.env', `OUT='${path}'`), put('conf/pipelines/p.yml', save('${secret:OUT}')), run()
    ),
    'from another key': (path) => (
      put('conf/pipelines/p.yml', `${save('${params.a.n}')}params: { a: { n: ${JSON.stringify(path)} } }\n`),
      run()
    ),
    'from a file': (path) => (
      put('out.txt', path), put('conf/pipelines/p.yml', save('${file:out.txt}')), run()
    ),
    'in an environment': (path) => {
      put('conf/pipelines/p.yml', save('x.json'));
      put(
        'conf/env/prod.yml',
        `pipelines: { p: { io: { save: { a: { path: ${JSON.stringify(path)} } } } } }`,
      );
      return run({}, { env: 'prod' });
    },
    'by --set': (path) => (
      put('conf/pipelines/p.yml', save('x.json')),
      run({ set: [{ path: 'io.save.a.path', flag: '--set-string', value: path }] })
    ),
  };
  test.each(
    Object.keys(spellings).flatMap((spelling) =>
      Object.keys(givers).map((giver) => [spelling, giver] as const),
    ),
  )('%s, %s', async (spelling, giver) => {
    await expect(givers[giver]!(spellings[spelling]!())).rejects.toMatchObject({
      code: expect.stringMatching(/^FP_FS_(?:OUTSIDE_ROOT|INVALID_PATH)$/),
    });
    expect(readdirSync(outside)).toEqual(['evil.mjs']);
    expect(readdirSync(base)).toEqual(['outside', 'project']);
  });
});

describe('no code that YAML names is imported, unless it is of the project or a package', () => {
  const locations = () => [
    '../outside/evil.mjs',
    join(outside, 'evil.mjs'),
    pathToFileURL(join(outside, 'evil.mjs')).href,
    'link/evil.mjs',
    './link/evil.mjs',
    'data:text/javascript,globalThis.flowerpowerEvil=true',
    'https://localhost:1/evil.mjs',
    '../outside/evil',
    'link.evil',
  ];
  const places: Readonly<Record<string, (location: string) => void>> = {
    plugins: (location) => put('conf/project.yml', `plugins: [${JSON.stringify(location)}]\n`),
    'run.additionalModules': (location) =>
      put('conf/pipelines/p.yml', `run: { additionalModules: [${JSON.stringify(location)}] }\n`),
    'io.load.x.schema': (location) =>
      put(
        'conf/pipelines/p.yml',
        `io: { load: { n: { type: json, path: n.json, schema: ${JSON.stringify(`${location}#x`)} } } }\n`,
      ),
    'run.executor': (location) =>
      put('conf/pipelines/p.yml', `run: { executor: ${JSON.stringify(location)} }\n`),
    'run.withAdapter': (location) =>
      put('conf/pipelines/p.yml', `run: { withAdapter: { ${JSON.stringify(location)}: true } }\n`),
    'run.onSuccess': (location) =>
      put('conf/pipelines/p.yml', `run: { onSuccess: ${JSON.stringify(location)} }\n`),
    'io.save.x.type': (location) =>
      put('conf/pipelines/p.yml', `io: { save: { a: { type: ${JSON.stringify(location)}, path: x } } }\n`),
    name: (location) => put('conf/pipelines/p.yml', `name: ${JSON.stringify(location)}\n`),
  };
  test.each(Object.keys(places))('%s', async (place) => {
    for (const location of locations()) {
      // A name as good as any.
      if (place === 'name' && location === 'link.evil') continue;
      places[place]!(location);
      await expect(run(), location).rejects.toMatchObject({ code: expect.stringMatching(/^FP_/) });
      expect(globalThis, location).not.toHaveProperty('flowerpowerEvil');
      await project?.close();
      project = undefined;
    }
  });

  test('names of exceptions are compared, and never imported', async () => {
    put(
      'conf/pipelines/p.yml',
      `run: { retry: { maxRetries: 1, retryExceptions: [${JSON.stringify(join(outside, 'evil.mjs'))}] } }\n`,
    );
    await run().catch(() => undefined);
    expect(globalThis).not.toHaveProperty('flowerpowerEvil');
  });
});

test('C38: a key of inputs, params or overrides reaches no prototype', async () => {
  const polluted = JSON.parse('{ "__proto__": { "polluted": "yes" } }') as Record<string, unknown>;
  for (const overrides of [
    { inputs: polluted },
    { params: polluted },
    { overrides: polluted },
    { config: polluted },
  ])
    await run(overrides).catch(() => undefined);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  put('conf/pipelines/p.yml', 'run: { inputs: { n: { constructor: { prototype: { polluted: yes } } } } }\n');
  await expect(run()).rejects.toMatchObject({ code: 'FP_CONFIG_FORBIDDEN_KEY' });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
