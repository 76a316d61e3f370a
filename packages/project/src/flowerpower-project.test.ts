/** The facade on real folders, with the real importer, configuration and runtime. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NodeExecutionError } from '@flowerpower/core';
import type { RunEvent } from '@flowerpower/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject, type LoadProjectOptions } from './index.js';

let root: string;
const open: FlowerPowerProject[] = [];

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-project-')));
});
afterEach(async () => {
  for (const project of open.splice(0)) await project.close();
  rmSync(root, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

async function load(options: LoadProjectOptions = {}): Promise<FlowerPowerProject> {
  const project = await FlowerPowerProject.load(root, { environment: {}, ...options });
  open.push(project);
  return project;
}

const shop = {
  'conf/project.yml': 'name: shop\n',
  'conf/pipelines/prices.yml': `
params:
  gross: { rate: 0.5 }
io:
  load:
    items: { type: csv, path: data/items.csv, infer: true }
  save:
    gross: { type: json, path: output/gross.json }
run:
  inputs: { shipping: 1 }
`,
  'pipelines/prices.ts': `
interface Item { readonly net: number }
export function total({ items }: { items: readonly Item[] }): number {
  return items.reduce((sum, { net }) => sum + net, 0);
}
export function gross(total: number, rate: number, shipping: number): number {
  return total * (1 + rate) + shipping;
}
`,
  'data/items.csv': 'name,net\na,10\nb,20\n',
};

describe('run', () => {
  test('loads, computes and saves as the YAML says', async () => {
    write(shop);
    const project = await load();
    const result = await project.run('prices');
    expect(result.outputs).toEqual({ gross: 46 });
    expect(JSON.parse(readFileSync(join(root, 'output/gross.json'), 'utf8'))).toBe(46);
    expect(result.loaded['items']).toMatchObject({ format: 'csv', rows: 2 });
    expect(result.saved['gross']).toMatchObject({ format: 'json' });
  });

  test('a call is above variables, variables above files', async () => {
    write(shop);
    const project = await load({ environment: { FP_PIPELINE__RUN__INPUTS__shipping: '2' } });
    expect((await project.run('prices')).outputs).toEqual({ gross: 47 });
    expect((await project.run('prices', { inputs: { shipping: 3 } })).outputs).toEqual({ gross: 48 });
    expect((await project.run('prices', { params: { gross: { rate: 0 } } })).outputs).toEqual({ gross: 32 });
    expect((await project.run('prices', { outputs: ['total'] })).outputs).toEqual({ total: 30 });
    expect((await project.run('prices', { overrides: { total: 0 } })).outputs).toEqual({ gross: 2 });
  });

  test('an environment lays its file over the others', async () => {
    write({ ...shop, 'conf/env/prod.yml': 'pipelines:\n  prices:\n    run: { inputs: { shipping: 9 } }\n' });
    const project = await load({ environment: { FP_ENV: 'prod' } });
    expect((await project.run('prices')).outputs).toEqual({ gross: 54 });
  });

  test('errors keep their class', async () => {
    write({ ...shop, 'pipelines/bad.ts': 'export const a = () => { throw new RangeError("far"); };\n' });
    write({ 'conf/pipelines/bad.yml': '' });
    const project = await load();
    const error = await project.run('bad').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NodeExecutionError);
    expect(error).toMatchObject({ node: 'a', cause: expect.any(RangeError) });
    expect((error as NodeExecutionError).places[0]).toMatchObject({ line: 1 });
    await expect(project.run('price')).rejects.toMatchObject({
      code: 'FP_UNKNOWN_PIPELINE',
      hint: "Did you mean 'prices'?",
    });
  });

  test('a pipeline without a YAML file has the defaults; one without a module says where it was looked for', async () => {
    write({
      'conf/project.yml': '',
      'pipelines/plain.ts': 'export const a = () => 1;\n',
      'conf/pipelines/lost.yml': '',
    });
    const project = await load();
    expect((await project.run('plain')).outputs).toEqual({ a: 1 });
    await expect(project.run('lost')).rejects.toMatchObject({
      code: 'FP_MODULE_NOT_FOUND',
      message: expect.stringContaining('pipelines/lost.ts'),
    });
  });

  test('dots are folders, and a dash in a name reads as an underscore in the module file', async () => {
    write({
      'conf/project.yml': '',
      'conf/pipelines/group/my-sums.yml': 'run: { inputs: { x: 1 } }\n',
      'pipelines/group/my_sums.ts': 'export const double = ({ x }: { x: number }) => 2 * x;\n',
    });
    const project = await load();
    expect(await project.pipelineManager.list()).toEqual([
      { name: 'group.my-sums', file: 'conf/pipelines/group/my-sums.yml', configured: true },
    ]);
    expect((await project.run('group.my-sums')).outputs).toEqual({ double: 2 });
  });

  test('a node in two modules: allowModuleOverrides decides, and then the pipeline’s own module wins', async () => {
    write({
      'conf/project.yml': '',
      'conf/pipelines/own.yml': 'run: { additionalModules: [shared] }\n',
      'pipelines/shared.ts': 'export const a = () => "shared a";\nexport const b = () => "shared b";\n',
      'pipelines/own.ts':
        'export const a = () => "own a";\nexport const c = ({ a, b }: Record<string, string>) => `${a}, ${b}`;\n',
    });
    const project = await load();
    const refused = await project.run('own').catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'FP_DUPLICATE_NODE',
      hint: expect.stringContaining('run.allowModuleOverrides'),
      places: [
        { file: expect.stringContaining('shared.ts'), line: 1 },
        { file: expect.stringContaining('own.ts'), line: 1 },
      ],
    });
    const { outputs } = await project.run('own', { allowModuleOverrides: true });
    expect(outputs).toEqual({ c: 'own a, shared b' });
  });

  test.each(['./out.json', 'file', 'absolute', 'sub/../out.json'])(
    'two savers on one path are a mistake with both places, also spelled as %s',
    async (spelling) => {
      const absolute = join(root, 'out.json');
      const path = { file: pathToFileURL(absolute).href, absolute }[spelling] ?? spelling;
      write({
        'conf/project.yml': '',
        'conf/pipelines/p.yml': `io:\n  save:\n    a: { type: json, path: out.json }\n    b: { type: json, path: ${JSON.stringify(path)} }\n`,
        'pipelines/p.ts': 'export const a = () => 1;\nexport const b = () => 2;\n',
      });
      const project = await load();
      const error = { code: 'FP_SAVED_TWICE', places: [{ line: 3 }, { line: 4 }] };
      await expect(project.run('p')).rejects.toMatchObject(error);
      const loaded = await project.pipelineManager.load('p');
      expect(project.pipelineManager.examine(loaded).problems).toMatchObject([error]);
    },
  );

  test.each([
    ['a linked folder', 'link/z.json'],
    ['a linked file', 'output/to-z.json'],
    ['a link to a linked folder', 'again/z.json'],
  ])('two savers on one file are a mistake also by %s, before the file exists', async (_title, path) => {
    write({
      'conf/project.yml': '',
      'conf/pipelines/p.yml': `io:\n  save:\n    a: { type: json, path: output/z.json }\n    b: { type: json, path: ${path} }\n`,
      'pipelines/p.ts': 'export const a = () => 1;\nexport const b = () => 2;\n',
      'output/other.txt': '',
    });
    symlinkSync('output', join(root, 'link'));
    symlinkSync('link', join(root, 'again'));
    symlinkSync('z.json', join(root, 'output', 'to-z.json'));
    const project = await load();
    const error = { code: 'FP_SAVED_TWICE', places: [{ line: 3 }, { line: 4 }] };
    await expect(project.run('p')).rejects.toMatchObject(error);
    const loaded = await project.pipelineManager.load('p');
    expect(project.pipelineManager.examine(loaded).problems).toMatchObject([error]);
    expect(existsSync(join(root, 'output/z.json'))).toBe(false);
  });

  test.each(['data/ow.csv', 'link/ow.csv', './data/../data/ow.csv'])(
    'a saver that writes the file of a loader is refused with both places, also spelled as %s',
    async (path) => {
      write({
        'conf/project.yml': '',
        'conf/pipelines/p.yml': `io:\n  load:\n    o: { type: csv, path: data/ow.csv }\n  save:\n    other: { type: text, path: ${path} }\n`,
        'pipelines/p.ts':
          'export const total = ({ o }: { o: object[] }) => o.length;\nexport const other = () => "x";\n',
        'data/ow.csv': 'amt\n1\n2\n',
      });
      symlinkSync('data', join(root, 'link'));
      const project = await load();
      const error = { code: 'FP_SAVED_OVER_LOADED', places: [{ line: 5 }, { line: 3 }] };
      await expect(project.run('p')).rejects.toMatchObject(error);
      const loaded = await project.pipelineManager.load('p');
      expect(project.pipelineManager.examine(loaded).problems).toMatchObject([error]);
      expect(readFileSync(join(root, 'data/ow.csv'), 'utf8')).toBe('amt\n1\n2\n');
    },
  );

  test('files of the Python FlowerPower stay as they are: no secret is written, no comment lost', async () => {
    const legacy = `# why: agreed in March
run:
  final_vars: [total]
  max_retries: 2   # legacy keys
  retry_delay: 0.5
params:
  total: { token: "\${API_TOKEN}" }
`;
    write({
      'conf/project.yml': 'name: old\n',
      'conf/pipelines/old.yml': legacy,
      'pipelines/old.ts': 'export const total = ({ token }: { token: string }) => token.length;\n',
    });
    const project = await load({ environment: { API_TOKEN: 'very secret' } });
    expect((await project.run('old')).outputs).toEqual({ total: 11 });
    expect(readFileSync(join(root, 'conf/pipelines/old.yml'), 'utf8')).toBe(legacy);
    expect(readFileSync(join(root, 'conf/project.yml'), 'utf8')).toBe('name: old\n');
  });

  test('events tell the story of a run', async () => {
    write(shop);
    const events: RunEvent[] = [];
    const project = await load({ onEvent: (event) => events.push(event) });
    await project.run('prices');
    expect(events[0]).toMatchObject({ type: 'run.started', pipeline: 'prices' });
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'success' });
  });

  test('runSync runs what was loaded', async () => {
    write({ 'conf/project.yml': '', 'pipelines/plain.ts': 'export const a = () => 1;\n' });
    const project = await load();
    expect(() => project.runSync('plain')).toThrow(
      expect.objectContaining({ code: 'FP_PIPELINE_NOT_LOADED' }),
    );
    await project.pipelineManager.load('plain');
    expect(project.runSync('plain').outputs).toEqual({ a: 1 });
  });

  test('with reload, a changed module counts at the next run; without, it does not', async () => {
    write({ 'conf/project.yml': '', 'pipelines/live.ts': 'export const a = () => 1;\n' });
    const project = await load();
    expect((await project.run('live')).outputs).toEqual({ a: 1 });
    write({ 'pipelines/live.ts': 'export const a = () => 22;\n' });
    expect((await project.run('live')).outputs).toEqual({ a: 1 });
    expect((await project.run('live', { reload: true })).outputs).toEqual({ a: 22 });
  });
});

describe('load and new', () => {
  test('a folder without a project says what was looked for, and stays as it is', async () => {
    await expect(FlowerPowerProject.load(root)).rejects.toMatchObject({
      code: 'FP_PROJECT_NOT_FOUND',
      message: expect.stringContaining(join(root, 'conf/project.yml')),
    });
    expect(readdirSync(root)).toEqual([]);
  });

  test('new makes a project whose first pipeline runs; a second time changes nothing', async () => {
    const dir = join(root, 'My Shop');
    const project = await FlowerPowerProject.new({ dir });
    open.push(project);
    expect(project.name).toBe('My Shop');
    await project.pipelineManager.create('hello');
    expect((await project.run('hello')).outputs).toMatchObject({ greeting: 'Hello, world!' });
    const before = readFileSync(join(dir, 'conf/project.yml'), 'utf8');
    await expect(FlowerPowerProject.new({ dir, name: 'other' })).rejects.toMatchObject({
      code: 'FP_PROJECT_EXISTS',
    });
    expect(readFileSync(join(dir, 'conf/project.yml'), 'utf8')).toBe(before);
  });

  test('a pipeline name that is not allowed, or taken, writes nothing', async () => {
    write({ 'conf/project.yml': '', 'pipelines/taken.mts': '' });
    const { pipelineManager } = await load();
    await expect(pipelineManager.create('../evil')).rejects.toMatchObject({
      code: expect.stringMatching(/NAME/),
    });
    await expect(pipelineManager.create('taken', { overwrite: true })).rejects.toMatchObject({
      code: 'FP_PIPELINE_EXISTS',
    });
    expect(existsSync(join(root, 'conf/pipelines'))).toBe(false);
    expect(readdirSync(join(root, 'pipelines'))).toEqual(['taken.mts']);
  });

  test('plugins that cannot be imported are named together', async () => {
    write({ 'conf/project.yml': 'plugins: [no-such-one, ./plugins/none.mjs]\n' });
    await expect(load()).rejects.toMatchObject({ code: 'FP_UNKNOWN_PLUGIN', problems: [{}, {}] });
  });

  test.each([
    ['parquet', '@flowerpower/plugin-parquet'],
    ["'@flowerpower/plugin-parket'", '@flowerpower/plugin-parquet'],
    ['gcs', '@flowerpower/plugin-gcs'],
    ['plugin-arow', '@flowerpower/plugin-arrow'],
  ])('plugins: [%s] is told the name of ours, and not to install what it names', async (given, meant) => {
    write({ 'conf/project.yml': `plugins: [${given}]\n` });
    await expect(load()).rejects.toMatchObject({
      code: 'FP_UNKNOWN_PLUGIN',
      hint: `Did you mean '${meant}'? npm install ${meant}`,
    });
  });

  test.each([
    ['mjs', '', ''],
    ['ts', ': number', "import { separator } from './separator.ts';"],
  ])('a plugin of the project, in .%s, brings a format', async (ending, type, imports) => {
    write({
      ...shop,
      'conf/project.yml': `plugins: [./plugins/numbers.${ending}]\n`,
      'plugins/separator.ts': "export const separator: string = ' ';\n",
      [`plugins/numbers.${ending}`]: `
${imports}
const apiVersion${type} = 1;
const any = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } };
export default {
  name: 'numbers',
  apiVersion,
  loaders: { numbers: {
    type: 'numbers',
    options: any,
    async load({ path }, context) {
      const { fs, path: file } = context.resolve(path);
      const value = (await fs.readText(file))${ending === 'ts' ? '.split(separator)' : ".split(' ')"}.map((net) => ({ net: Number(net) }));
      return { value, metadata: { uri: fs.uri(file), format: 'numbers', bytes: 0, sha256: '' } };
    },
  } },
};
`,
      'data/items.txt': '1 2 3',
    });
    const project = await load();
    const result = await project.run('prices', {
      set: ['io.load.items.type=numbers', 'io.load.items.path=data/items.txt', 'io.load.items.infer=null'],
      outputs: ['total'],
    });
    expect(result.outputs).toEqual({ total: 6 });
  });
});

describe('io.load.x.schema', () => {
  const schema = `
const validate = (rows: unknown) => ({ value: (rows as { net: string }[]).map(({ net }) => ({ net: Number(net) })) });
export const items = { '~standard': { version: 1, vendor: 'test', validate } };`;
  const withSchema = (name: string) => ({
    ...shop,
    'schemas/items.ts': schema,
    'conf/pipelines/prices.yml': shop['conf/pipelines/prices.yml'].replace(
      'infer: true',
      `schema: '${name}'`,
    ),
  });

  test('names an export of a file of the project', async () => {
    write(withSchema('schemas/items.ts#items'));
    const { outputs } = await (await load()).run('prices', { outputs: ['total'] });
    expect(outputs['total']).toBe(30);
  });

  test.each([
    ['schemas/none.ts#items', 'FP_MODULE_NOT_FOUND'],
    ['../items.ts#items', 'FP_FS_OUTSIDE_ROOT'],
    ['schemas/../../items.ts#items', 'FP_FS_OUTSIDE_ROOT'],
    ['schemas/items.ts#item', 'FP_IO_BINDING'],
    ['items', 'FP_IO_BINDING'],
  ])('%s is refused before anything runs', async (name, code) => {
    write(withSchema(name));
    await expect((await load()).run('prices')).rejects.toMatchObject({ code });
  });
});

describe('draw', () => {
  test('every format shows the nodes', async () => {
    write(shop);
    const { pipelineManager } = await load();
    for (const format of ['text', 'mermaid', 'dot', 'svg'] as const) {
      expect(await pipelineManager.draw('prices', format)).toContain('gross');
    }
    const png = await pipelineManager.draw('prices', 'png');
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
  });
});

describe('the cache', () => {
  const cached = {
    ...shop,
    'data/items.csv': 'net\n1\n2\n',
    'conf/pipelines/prices.yml': `${shop['conf/pipelines/prices.yml']}  cache: { dir: kept, recompute: [total] }\n`,
  };

  test('configuration switches it on, a call switches it off, and the manager knows where it is', async () => {
    write({
      ...cached,
      'conf/pipelines/other.yml': '',
      'pipelines/other.ts': 'export const one = () => 1;\n',
    });
    const project = await load();
    await project.run('prices');
    const { nodes } = await project.run('prices');
    expect(nodes['gross']).toMatchObject({ status: 'success', cached: true });
    expect(nodes['total']).not.toHaveProperty('cached');
    const off = await project.run('prices', { cache: false });
    expect(off.nodes['gross']).not.toHaveProperty('cached');
    const own = await project.run('prices', { cache: { ignore: ['shipping'] } });
    expect(own.nodes['gross']).not.toHaveProperty('cached');

    const caches = await project.pipelineManager.caches();
    expect(caches).toMatchObject([
      { dir: '.flowerpower/cache', pipelines: [] },
      { dir: 'kept', pipelines: ['prices'] },
    ]);
    const sizes = await Promise.all(caches.map(({ store }) => store.size()));
    expect(sizes.map(({ entries }) => entries > 0)).toEqual([false, true]);
    expect(readdirSync(join(root, 'kept')).sort()).toEqual(['.gitignore', 'keys', 'last', 'locks']);
  });

  test('a synchronous run needs it off', async () => {
    write({
      'conf/project.yml': 'run: { cache: true }\n',
      'conf/pipelines/one.yml': '',
      'pipelines/one.ts': 'export const one = () => 1;\n',
    });
    const project = await load();
    await project.pipelineManager.load('one');
    expect(() => project.runSync('one')).toThrow(expect.objectContaining({ code: 'FP_NOT_SYNCHRONOUS' }));
    await project.pipelineManager.load('one', { cache: false });
    expect(project.runSync('one').outputs).toEqual({ one: 1 });
  });
});
