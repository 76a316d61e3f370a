/** `storageOptions` beside the path of an entry of `io`, and of `from` and `to` in code. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { isFlowerPowerError, loadNode, saveNode, source } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { from, to } from '@flowerpower/io';
import { definePlugin } from '@flowerpower/plugin';
import { createLogger, type RunEvent } from '@flowerpower/runtime';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { FlowerPowerProject } from './index.js';

interface Options {
  readonly endpoint: string;
  readonly token?: string | undefined;
}

let root: string;
let made: { options: Options; closed: boolean }[];
let servers: Map<string, FileSystem>;
const open: FlowerPowerProject[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-entry-storage-'));
  made = [];
  servers = new Map();
});
afterEach(async () => {
  for (const project of open.splice(0)) await project.close();
  rmSync(root, { recursive: true });
});

/** The same bucket name leads to other files behind another endpoint. */
const store = definePlugin({
  name: 'store',
  apiVersion: 1,
  fileSystems: {
    store: {
      options: v.strictObject({
        endpoint: v.optional(v.string(), 'main'),
        token: v.optional(v.string()),
        tries: v.optional(v.number()),
      }),
      create(options) {
        const record = { options: options as Options, closed: false };
        made.push(record);
        const close = async () => {
          record.closed = true;
        };
        return new Proxy(serverOf(record.options.endpoint), {
          get(fs, key) {
            if (key === 'close') return close;
            const member: unknown = Reflect.get(fs, key, fs);
            return typeof member === 'function' ? (member.bind(fs) as unknown) : member;
          },
        });
      },
    },
  },
});

function serverOf(endpoint: string): FileSystem {
  if (!servers.has(endpoint)) servers.set(endpoint, createMemoryFileSystem({ name: endpoint }));
  return servers.get(endpoint)!;
}

interface Files {
  readonly project?: string;
  readonly pipeline?: string;
  readonly module?: string;
}

async function load(
  {
    project = 'name: shop\n',
    pipeline = '',
    module = 'export const twice = (given) => given + given;\n',
  }: Files,
  onEvent?: (event: RunEvent) => void,
  log?: string[],
): Promise<FlowerPowerProject> {
  const files = {
    'conf/project.yml': project,
    'conf/pipelines/p.yml': pipeline,
    'pipelines/p.js': module,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const opened = await FlowerPowerProject.load(root, {
    environment: { TOKEN: 'hunter2-from-the-environment' },
    plugins: [store],
    onEvent,
    ...(log !== undefined && { log: createLogger({ sink: (record) => log.push(JSON.stringify(record)) }) }),
  });
  open.push(opened);
  return opened;
}

async function refusal(run: () => Promise<unknown>) {
  const error = await run().then(
    () => new Error('It was not refused.'),
    (thrown: unknown) => thrown,
  );
  if (!isFlowerPowerError(error)) throw error;
  return error;
}

const between = `io:
  load:
    given: { type: text, path: store://data/x.txt, storageOptions: { endpoint: other, tries: null } }
  save:
    twice: { type: text, path: store://data/x.txt }
    given: { type: text, path: store://data/copy.txt, storage_options: { endpoint: other } }
`;

test('each entry reads and writes behind its own options, merged over those of the project', async () => {
  await serverOf('other').write('x.txt', 'ab');
  const project = await load({
    project: 'name: shop\nstorageOptions:\n  store: { token: t, tries: 2 }\n',
    pipeline: between,
  });
  await project.run('p');
  expect(await serverOf('main').readText('x.txt')).toBe('abab');
  expect(await serverOf('other').readText('copy.txt')).toBe('ab');
  expect(await serverOf('other').readText('x.txt')).toBe('ab');
  const options = made
    .map((each) => each.options)
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  expect(options).toEqual([
    { endpoint: 'main', token: 't', tries: 2 },
    { endpoint: 'other', token: 't', tries: 2 },
    { endpoint: 'other', token: 't' },
  ]);
  await open.pop()!.close();
  expect(made.every(({ closed }) => closed)).toBe(true);
});

test('entries with equal options share one filesystem', async () => {
  await serverOf('other').write('x.txt', 'ab');
  const entry = (path: string) =>
    `{ type: text, path: store://data/${path}, storageOptions: { endpoint: other } }`;
  const project = await load({
    pipeline: `io:\n  load: { given: ${entry('x.txt')} }\n  save: { twice: ${entry('y.txt')} }\n`,
  });
  await project.run('p');
  await project.run('p');
  expect(made.map(({ options }) => options)).toEqual([{ endpoint: 'other' }]);
});

test.each([
  ['a misspelt option', 'store://b/x', '{ endpiont: x }', 'FP_IO_OPTIONS', "Did you mean 'endpoint'?"],
  [
    'a value of the wrong type',
    'store://b/x',
    '{ endpiont: 1, tries: hunter2 }',
    'FP_IO_OPTIONS',
    'endpiont',
  ],
  [
    'options of a path without a scheme',
    'data/x',
    '{ endpoint: x }',
    'FP_STORAGE_OPTIONS',
    'which has no scheme',
  ],
  [
    'options of a scheme without any',
    'memory://b/x',
    '{ a: 1 }',
    'FP_STORAGE_OPTIONS',
    "'memory', which takes none",
  ],
  ['something else than a map', 'store://b/x', '5', 'FP_CONFIG_TYPE', 'a map'],
])(
  '%s is refused at its line, by run, check and load, before anything runs',
  async (_name, path, options, code, says) => {
    const project = await load({
      pipeline: `io:\n  load:\n    given:\n      type: text\n      path: ${path}\n      storageOptions: ${options}\n`,
    });
    const { pipelineManager } = project;
    for (const start of [
      () => project.run('p'),
      () => pipelineManager.check('p'),
      () => pipelineManager.load('p'),
    ]) {
      const error = await refusal(start);
      const problem = error.problems.find((each) => each.message.includes(says)) ?? error;
      expect(problem).toMatchObject({ code, places: [{ file: 'conf/pipelines/p.yml', line: 6 }] });
      expect(problem.message).toContain('io.load.given');
      expect(problem.message).toContain(says);
      expect(inspect(error, { depth: 8 })).not.toContain('hunter2');
    }
    expect(made).toEqual([]);
  },
);

test('a file that is not there is looked for behind the options of its entry', async () => {
  await serverOf('other').write('sales.txt', 'ab');
  const project = await load({
    pipeline: `io:\n  load:\n    given: { type: text, path: store://data/sale.txt, storageOptions: { endpoint: other } }\n`,
  });
  const error = await refusal(() => project.run('p'));
  expect(error['cause']).toMatchObject({
    message: 'io.load.given: store://data/sale.txt does not exist.',
    hint: "Did you mean 'sales.txt'?",
  });
});

test('a cache keeps what is read behind each endpoint apart', async () => {
  await serverOf('one').write('x.txt', '1');
  await serverOf('two').write('x.txt', '2');
  const seen: string[] = [];
  for (const endpoint of ['one', 'two', 'one']) {
    const project = await load({
      pipeline: `run: { cache: { defaultLoaderBehavior: default } }\nio:\n  load:\n    given: { type: text, path: store://data/x.txt, storageOptions: { endpoint: ${endpoint}, token: t } }\n`,
    });
    const { outputs, nodes } = await project.run('p');
    seen.push(`${String(outputs['twice'])} ${nodes['given']?.cached ?? false}`);
  }
  expect(seen).toEqual(['11 false', '22 false', '11 true']);
});

const secret = 'hunter2-in-plain-sight';

test.each([
  ['YAML', `{ endpoint: other, token: ${secret} }`],
  ['the environment', '{ endpoint: other, token: "${TOKEN}" }'],
])(
  'a secret of %s is in no event, log, drawing, report, graph or file of the cache',
  async (_name, options) => {
    await serverOf('other').write('x.txt', 'ab');
    const events: RunEvent[] = [];
    const log: string[] = [];
    const project = await load(
      {
        pipeline: `run: { cache: { defaultLoaderBehavior: default }, logLevel: debug }\nio:\n  load:\n    given: { type: text, path: store://data/x.txt, storageOptions: ${options} }\n  save:\n    twice: { type: text, path: store://data/y.txt, storageOptions: ${options} }\n`,
      },
      (event) => events.push(event),
      log,
    );
    const result = await project.run('p');
    expect(made[0]!.options.token).toMatch(/^hunter2/);
    const { pipelineManager } = project;
    const loaded = await pipelineManager.load('p');
    const drawings = await Promise.all(
      (['text', 'mermaid', 'dot', 'svg'] as const).map((format) => pipelineManager.draw('p', format)),
    );
    const told = [events, log, result, loaded.graph, drawings, cacheFiles()];
    expect(events.length).toBeGreaterThan(4);
    for (const each of told) {
      expect(
        inspect(each, { depth: 20, maxArrayLength: null, maxStringLength: null, showHidden: false }),
      ).not.toContain('hunter2');
      expect(JSON.stringify(each, bigints)).not.toContain('hunter2');
    }
    await serverOf('other').delete('x.txt');
    const failed = await refusal(() => project.run('p', { set: ['run.cache=false'] }));
    expect(inspect(failed, { depth: 20 })).not.toContain('hunter2');
  },
);

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value instanceof Map ? [...value] : value;
}

function cacheFiles(): string[] {
  const dir = join(root, '.flowerpower');
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((path) => join(dir, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => path + readFileSync(path, 'latin1'));
}

/** What modules of the project find under `globalThis.__tools`. */
function lendTools(): void {
  Object.assign(globalThis, { __tools: { from, to, loadNode, saveNode, source } });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, '__tools'));
}

test('loaders and savers in code take them alike', async () => {
  lendTools();
  await serverOf('other').write('x.txt', 'ab');
  const project = await load({
    module: `const { from, to, loadNode, saveNode } = globalThis.__tools;
export const given = loadNode(from.text({ path: 'store://data/x.txt', storageOptions: { endpoint: 'other', token: '${secret}' } }));
export const twice = (given) => given + given;
export const saved = saveNode('twice', to.text({ path: 'store://data/x.txt' }));
`,
  });
  const { outputs } = await project.run('p');
  expect(outputs['twice']).toBe('abab');
  expect(await serverOf('main').readText('x.txt')).toBe('abab');
  expect(made.map(({ options }) => options.endpoint).sort()).toEqual(['main', 'other']);
  const { graph } = await project.pipelineManager.load('p');
  expect(inspect(graph, { depth: 20 })).not.toContain(secret);
  expect(JSON.stringify([...graph.nodes])).not.toContain(secret);
});

test.each([
  ['a misspelt option', "{ path: 'store://b/x', storageOptions: { endpiont: 'x' } }", "no option 'endpiont'"],
  ['options of a path without a scheme', "{ path: 'x', storageOptions: { endpoint: 'x' } }", 'has no scheme'],
  ['options that come from a node', "{ path: 'store://b/x', storageOptions: source('a') }", 'must be a map'],
  ['options that are a text', "{ path: 'store://b/x', storageOptions: 'a' }", 'must be a map'],
])('in code, %s is refused before anything runs', async (_name, options, says) => {
  lendTools();
  const project = await load({
    module: `const { from, loadNode, source } = globalThis.__tools;
export const a = () => { throw new Error('It ran.'); };
export const given = loadNode(from.text(${options}));
`,
  });
  const error = await refusal(() => project.run('p'));
  expect(error.problems.map(({ message }) => message).join()).toContain(says);
  expect(error.message).not.toContain('It ran');
  expect(made).toEqual([]);
});
