/** The JSON Schemas of `flowerpower schema export` against everything that is written in the repository, and against typos. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import legacyFiles from '../../examples/custom-adapter/src/index.js';
import { definePlugin, type Plugin } from '../../packages/plugin/src/index.js';
import { FlowerPowerProject } from '../../packages/project/src/index.js';
import { loadYamlLibrary } from '../../packages/yaml/src/index.js';

const root = join(import.meta.dirname, '..', '..');
const { parse: readYaml } = await loadYamlLibrary();

/** Every plugin of the repository, and that of the example. */
const plugins: Plugin[] = [legacyFiles];
for (const entry of await readdir(join(root, 'plugins'), { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const file = pathToFileURL(join(root, 'plugins', entry.name, 'src', 'index.ts')).href;
  plugins.push(((await import(/* @vite-ignore */ file)) as { readonly default: Plugin }).default);
}

interface Schemas {
  readonly project: ValidateFunction;
  readonly pipeline: ValidateFunction;
  readonly environment: ValidateFunction;
}

let folder: string;
let schemas: Schemas;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowerpower-schemas-'));
  await write({ 'conf/project.yml': 'name: shop\n' });
  schemas = (await exported(plugins)).schemas;
});
afterAll(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function exported(given: readonly Plugin[]) {
  const project = await FlowerPowerProject.load(folder, { plugins: given });
  const { files, open } = await project.exportSchemas();
  await project.close();
  const [projectText = '', pipelineText = '', environmentText = ''] = await Promise.all(
    files.map((file) => readFile(file, 'utf8')),
  );
  // `doNotSuggest` is a word of the language server for YAML.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  ajv.addKeyword('doNotSuggest');
  const compile = (text: string) => ajv.compile(JSON.parse(text) as object);
  return {
    files: files.map((file) => relative(folder, file)),
    open,
    texts: [projectText, pipelineText, environmentText] as const,
    schemas: {
      project: compile(projectText),
      pipeline: compile(pipelineText),
      environment: compile(environmentText),
    },
  };
}

const faultsOf = (validate: ValidateFunction, yaml: string) =>
  validate(readYaml(yaml))
    ? []
    : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);

const elsewhere = new Set(['node_modules', 'dist', '.flowerpower']);

async function filesBelow(directory: string, ending: string): Promise<string[]> {
  const entries = await readdir(join(root, directory), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = `${directory}/${entry.name}`;
      if (entry.isDirectory()) return elsewhere.has(entry.name) ? [] : filesBelow(path, ending);
      return path.endsWith(ending) ? [path] : [];
    }),
  );
  return found.flat();
}

describe('what is written in the repository is accepted', async () => {
  const configuration = (await filesBelow('examples', '.yml')).filter((file) => file.includes('conf/'));
  test.each(configuration)('%s', async (file) => {
    const yaml = await readFile(join(root, file), 'utf8');
    const kind = file.includes('conf/pipelines/') ? 'pipeline' : 'project';
    expect(faultsOf(schemas[kind], yaml)).toEqual([]);
  });

  const pages = ['docs/guide', 'packages', 'plugins', 'examples'].map((each) => filesBelow(each, '.md'));
  test.each(['README.md', ...(await Promise.all(pages)).flat()])('blocks of %s', async (page) => {
    const text = await readFile(join(root, page), 'utf8');
    const blocks = [...text.matchAll(/```ya?ml\n(.*?)```/gs)].map(([, block]) => block!);
    // A block may show a mistake on purpose, and says so.
    for (const block of blocks.filter((each) => !/# (wrong|mistake|refused)/i.test(each))) {
      const faults = Object.values(schemas).map((schema: ValidateFunction) => faultsOf(schema, block));
      expect(
        Math.min(...faults.map(({ length }) => length)),
        `${block}\n${faults.map(String).join('\n')}`,
      ).toBe(0);
    }
  });
});

const typos: [string, 'project' | 'pipeline', string][] = [
  ['a key of the project', 'project', 'name: shop\npluigns: []\n'],
  ['a scheme that no plugin brings', 'project', 'name: shop\nstorageOptions: { s4: {} }\n'],
  ['an option of a scheme', 'project', 'name: shop\nstorageOptions: { s3: { regoin: x } }\n'],
  ['a value of a scheme', 'project', 'name: shop\nstorageOptions: { s3: { pathStyle: 5 } }\n'],
  ['an empty name', 'project', 'name: ""\n'],
  ['a level of the log', 'project', 'run: { logLevel: loud }\n'],
  ['a filesystem without a path', 'project', 'fileSystems: { a: { storageOptions: {} } }\n'],
  ['a filesystem by the name of the project', 'project', 'fileSystems: { project: ./x }\n'],
  ['a filesystem with an empty path', 'project', 'fileSystems: { a: "" }\n'],
  [
    'an option of a scheme in a filesystem',
    'project',
    'fileSystems: { a: { path: "s3://b/x", storageOptions: { regoin: x } } }\n',
  ],
  [
    'an option of a scheme in an entry',
    'pipeline',
    'io: { load: { a: { type: csv, path: "s3://b/x.csv", storageOptions: { regoin: x } } } }\n',
  ],
  ['an empty name of a pipeline', 'pipeline', 'name: ""\n'],
  ['a name of a pipeline', 'pipeline', 'name: a..b\n'],
  ['a run setting of the project', 'project', 'name: shop\nrun: { retries: { maxRetries: 1 } }\n'],
  ['a key of the pipeline', 'pipeline', 'parms: {}\n'],
  ['a run setting', 'pipeline', 'run: { maxConcurency: 2 }\n'],
  ['a value of a run setting', 'pipeline', 'run: { retry: { maxRetries: many } }\n'],
  ['a format', 'pipeline', 'io: { load: { a: { type: csvv, path: a.csv } } }\n'],
  ['an option of a format', 'pipeline', 'io: { load: { a: { type: csv, path: a.csv, delimeter: ";" } } }\n'],
  ['a value of an option', 'pipeline', 'io: { load: { a: { type: csv, path: a.csv, as: rows } } }\n'],
  ['a missing path', 'pipeline', 'io: { load: { a: { type: json } } }\n'],
  [
    'an option of a plugin',
    'pipeline',
    'io: { load: { a: { type: parquet, path: a.parquet, colums: [x] } } }\n',
  ],
  [
    'a column of a plugin',
    'pipeline',
    'io: { save: { a: { type: fixedWidth, path: a, columns: [{ name: a, wdith: 3 }] } } }\n',
  ],
];
test.each(typos)('%s that is mistyped is refused, as by check', async (_name, kind, yaml) => {
  expect(faultsOf(schemas[kind], yaml)).not.toEqual([]);
  const isProject = kind === 'project';
  await write({
    'conf/project.yml': isProject ? yaml : 'name: shop\n',
    'conf/pipelines/p.yml': isProject ? 'run: {}\n' : yaml,
    'pipelines/p.ts': 'export const b = ({ a = 1 }: { a?: unknown }) => a;\n',
  });
  const checked = async () => {
    const project = await FlowerPowerProject.load(folder, { plugins });
    try {
      await project.pipelineManager.load('p');
    } finally {
      await project.close();
    }
  };
  await expect(checked()).rejects.toMatchObject({ code: expect.stringMatching(/^FP_/) });
  await write({ 'conf/project.yml': 'name: shop\n', 'conf/pipelines/p.yml': 'run: {}\n' });
});

test.each([
  [
    'references to the environment, in place of any value',
    'run: { retry: { maxRetries: "${N}" }, cache: "${CACHE}" }\n',
  ],
  ['what takes back a lower layer', 'run: { retry: null, cache: null }\nparams:\n'],
  [
    'short forms, and the former spelling',
    'run: { executor: local, cache: true, final_vars: [a], max_retries: 2 }\n',
  ],
  [
    'an option of an entry from the environment',
    'io: { load: { a: { type: csv, path: "${P}", infer: "${I}", schema: S } } }\n',
  ],
])('accepted: %s', (_name, yaml) => {
  expect(faultsOf(schemas.pipeline, yaml)).toEqual([]);
});

const lenient: [keyof Schemas, string][] = [
  ['pipeline', ''],
  ['pipeline', 'name: "${NAME}"\nrun: { logLevel: warn }\n'],
  ['pipeline', 'name: a.b-c_D\nrun: { logLevel: Error }\n'],
  ['pipeline', 'io: { load: { x: null } }\n'],
  ['pipeline', 'io: { load: { a: { type: csv, path: "s3://b/x.csv", storage_options: { region: x } } } }\n'],
  ['pipeline', 'io: { save: { a: { type: csv, path: a.csv, storageOptions: null } } }\n'],
  ['project', ''],
  [
    'project',
    'name: my shop\nfileSystems: { a: null, b: ./c, d: { path: "s3://b/x", storageOptions: { region: x } } }\n',
  ],
  ['project', 'storageOptions: { s3: null }\n'],
  ['environment', ''],
  ['environment', 'project:\npipeline:\npipelines:\n'],
  ['environment', 'pipelines: { p: null }\nproject: { fileSystems: { a: { storageOptions: {} } } }\n'],
];
test.each(lenient)('accepted, as by check: %s %j', (kind, yaml) => {
  expect(faultsOf(schemas[kind], yaml)).toEqual([]);
});

describe('the schema of one pipeline', () => {
  let own: ValidateFunction;
  let text: string;
  beforeAll(async () => {
    await write({
      'conf/project.yml': 'name: shop\n',
      'conf/pipelines/sales.yml':
        'run: { inputs: { region: north }, cache: true }\nparams: { total: { factor: 2 } }\n',
      'pipelines/sales.ts': `/** All that was sold. */
export const total = ({ region, factor, rows }: { region: string; factor: number; rows: number[] }): number => rows.length * factor;
export const report = ({ total }: { total: number }): string => String(total);
`,
      'conf/pipelines/broken.yml': '{}',
      'pipelines/broken.ts': 'export const a = (',
    });
    const project = await FlowerPowerProject.load(folder, { plugins });
    const { files, skipped } = await project.exportSchemas();
    await project.close();
    expect(skipped).toMatchObject([{ pipeline: 'broken', problem: { code: expect.stringMatching(/^FP_/) } }]);
    const file = files.find((each) => each.endsWith(join('pipelines', 'sales.json')))!;
    text = await readFile(file, 'utf8');
    const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
    ajv.addKeyword('doNotSuggest');
    own = ajv.compile(JSON.parse(text) as object);
  });
  afterAll(async () => {
    for (const file of [
      'conf/pipelines/sales.yml',
      'conf/pipelines/broken.yml',
      'pipelines/sales.ts',
      'pipelines/broken.ts',
    ])
      await rm(join(folder, file));
  });

  test.each([
    'run: { finalVars: [report, total], inputs: { region: south, rows: [1] }, cache: { recompute: [total] } }\n',
    'run: { final_vars: ["${OUT}"], inputs: null, cache: false }\nparams: { total: { factor: 3 }, region: north }\n',
    'io: { save: { report: { type: text, path: out.txt } }, load: { rows: { type: json, path: r.json } } }\n',
    '',
  ])('accepted: %j', (yaml) => {
    expect(faultsOf(own, yaml)).toEqual([]);
  });

  test.each([
    'run: { finalVars: [reprot] }\n',
    'run: { final_vars: [reprot] }\n',
    'run: { inputs: { regoin: south } }\n',
    'run: { cache: { disable: [totl] } }\n',
    'params: { totl: { factor: 3 } }\n',
    'io: { save: { reprot: { type: text, path: out.txt } } }\n',
    'io: { save: { report: { type: txt, path: out.txt } } }\n',
  ])('refused: %j', (yaml) => {
    expect(faultsOf(own, yaml)).not.toEqual([]);
  });

  test('tells what the functions say', () => {
    expect(text).toContain('All that was sold.');
    expect(text).toContain('Type: string');
  });
});

test('the same plugins give the same bytes, and options that cannot be told are named', async () => {
  const standard = (jsonSchema?: object) => ({
    '~standard': {
      version: 1 as const,
      vendor: 'mine',
      validate: (value: unknown) => ({ value }),
      ...jsonSchema,
    },
  });
  const told = {
    jsonSchema: {
      input: () => ({
        type: 'object',
        properties: { zone: { type: 'integer' } },
        additionalProperties: false,
      }),
    },
  };
  const create = () => {
    throw new Error('Nothing is opened.');
  };
  const mine = definePlugin({
    name: 'mine',
    apiVersion: 1,
    fileSystems: { told: { options: standard(told), create }, silent: { options: standard(), create } },
  });
  await write({
    'conf/pipelines/p.yml': 'run: {}\n',
    'pipelines/p.ts': 'export const b = ({ a = 1 }: { a?: unknown }) => a;\n',
  });
  const first = await exported([...plugins, mine]);
  expect(first.files).toEqual(
    ['project', 'pipeline', 'environment', 'pipelines/p'].map((name) =>
      join('.flowerpower', 'schema', `${name}.json`),
    ),
  );
  expect(first.open).toEqual(['storageOptions.silent']);
  expect((await exported([...plugins, mine])).texts).toEqual(first.texts);
  const { project } = first.schemas;
  expect(faultsOf(project, 'storageOptions: { silent: { anything: 1 }, told: { zone: 3 } }')).toEqual([]);
  expect(faultsOf(project, 'storageOptions: { told: { zoen: 3 } }')).not.toEqual([]);
});

test('without a plugin, the schemas were none: a condition on no scheme is not valid; every option is described', async () => {
  const { texts } = await exported([]);
  const properties = (schema: Schema, key: string) => schema.properties![key]!.anyOf![0]!;
  const io = properties(JSON.parse(texts[1]) as Schema, 'io');
  for (const kind of ['load', 'save']) {
    const { allOf } = (properties(io, kind).additionalProperties as Schema).anyOf![0]!;
    const silent = allOf!.flatMap(({ then }) =>
      Object.entries(then.properties ?? {}).flatMap(([name, option]) =>
        option.description === undefined && option.doNotSuggest !== true ? [name] : [],
      ),
    );
    expect(silent).toEqual([]);
  }
});

test('what editors offer: the options of the chosen format, and one spelling of each key', async () => {
  const { texts } = await exported(plugins);
  const pipeline = JSON.parse(texts[1]) as Schema;
  const within = (schema: Schema, key: string) => schema.properties![key]!.anyOf![0]!;
  const entries = within(within(pipeline, 'io'), 'load').additionalProperties as Schema;
  const { allOf } = entries.anyOf![0]!;
  const chosen = allOf!.find((each) => each.if.properties!['type']!.const === 'fixedWidth');
  const options = ['type', 'schema', 'storageOptions', 'path', 'columns', 'compression', 'as', 'batchRows'];
  const offered = Object.entries(chosen!.then.properties!).filter(([, each]) => each.doNotSuggest !== true);
  expect(offered.map(([name]) => name)).toEqual(options);
  const run = within(pipeline, 'run').properties!;
  expect([run['finalVars']!.doNotSuggest, run['final_vars']!.doNotSuggest]).toEqual([undefined, true]);
  expect(run['finalVars']!.description).toContain('nodes to compute');
});

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly { readonly if: Schema; readonly then: Schema }[];
  readonly const?: unknown;
  readonly description?: string;
  readonly doNotSuggest?: boolean;
}
