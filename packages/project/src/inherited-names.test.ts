/** Names that every object inherits, wherever a project lets its user choose one. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject } from './index.js';

let root: string;
let project: FlowerPowerProject | undefined;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-names-')));
});
afterEach(async () => {
  await project?.close();
  rmSync(root, { recursive: true, force: true });
});

async function open(files: Readonly<Record<string, string>>): Promise<FlowerPowerProject> {
  for (const [path, content] of Object.entries({ 'conf/project.yml': 'name: shop\n', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  project = await FlowerPowerProject.load(root, { environment: {} });
  return project;
}

const only = <T>(name: string, value: T): Record<string, T> => Object.fromEntries([[name, value]]);

describe.each(['toString', 'valueOf', 'hasOwnProperty', 'then'])('%s', (name) => {
  test('an input: in YAML, under params, and for one run', async () => {
    const module = `export const twice = ({ ${name}: given }: { ${name}: number }) => 2 * given;\n`;
    const { pipelineManager } = await open({
      'pipelines/yaml.ts': module,
      'conf/pipelines/yaml.yml': `run: { inputs: { ${name}: 3 } }\n`,
      'pipelines/params.ts': module,
      'conf/pipelines/params.yml': `params: { ${name}: 4 }\n`,
      'pipelines/map.ts': module,
      'conf/pipelines/map.yml': `params: { twice: { ${name}: 5 } }\n`,
      'pipelines/none.ts': module,
    });
    expect((await pipelineManager.run('yaml')).outputs).toEqual({ twice: 6 });
    expect((await pipelineManager.run('params')).outputs).toEqual({ twice: 8 });
    expect((await pipelineManager.run('map')).outputs).toEqual({ twice: 10 });
    expect((await pipelineManager.run('none', { inputs: only(name, 7) })).outputs).toEqual({ twice: 14 });
    const { missing } = pipelineManager.examine(await pipelineManager.load('none'));
    expect(missing.map(({ input }) => input)).toEqual([name]);
    expect(await pipelineManager.draw('none', 'mermaid')).toContain(name);
  });

  test('a node: with params, saved, loaded and drawn', async () => {
    const { pipelineManager } = await open({
      'pipelines/p.ts': `
/** Doc of the node. */
export function ${name}({ x = 1 }: { x?: number }): number { return x; }
export const next = ({ ${name}: before }: { ${name}: number }): number => before + 1;
`,
      'conf/pipelines/p.yml': `
params: { ${name}: { x: 5 } }
io: { save: { ${name}: { type: json, path: out.json } } }
`,
      'pipelines/q.ts': `export const first = ({ ${name}: list }: { ${name}: number[] }): number => list[0]!;\n`,
      'conf/pipelines/q.yml': `io: { load: { ${name}: { type: json, path: in.json } } }\n`,
      'in.json': '[8]',
    });
    const { outputs, saved } = await pipelineManager.run('p', { outputs: [name, 'next'] });
    expect(Object.entries(outputs)).toEqual([
      [name, 5],
      ['next', 6],
    ]);
    expect(Object.keys(saved)).toEqual([name]);
    expect(readFileSync(join(root, 'out.json'), 'utf8').trim()).toBe('5');
    const loaded = await pipelineManager.run('q');
    expect(loaded.outputs).toEqual({ first: 8 });
    expect(Object.keys(loaded.loaded)).toEqual([name]);
    const { graph } = await pipelineManager.load('p');
    expect(graph.nodes.get(name)).toMatchObject({ doc: 'Doc of the node.', type: 'number' });
    for (const format of ['text', 'dot', 'svg'] as const)
      expect(await pipelineManager.draw('p', format)).toContain(name);
  });

  test('a key of the configuration, of executor options and of an adapter; the name of a pipeline', async () => {
    const { pipelineManager } = await open({
      [`pipelines/${name}.ts`]: `export const a = ({ ${name}: given }: { ${name}: number }) => given;\n`,
      [`conf/pipelines/${name}.yml`]: `run: { config: { ${name}: 9 } }\nadapter: { mlflow: { ${name}: 1 } }\n`,
    });
    const pipeline = await pipelineManager.load(name);
    expect((await pipelineManager.run(pipeline)).outputs).toEqual({ a: 9 });
    expect(Object.entries(pipeline.configuration.value.adapter.mlflow!)).toEqual([[name, 1]]);
    expect((await pipelineManager.list()).map((entry) => entry.name)).toEqual([name]);
  });
});

test.each(['constructor', 'prototype', '__proto__'])(
  '%s is refused in YAML, with its place, and fine in code',
  async (name) => {
    const { pipelineManager } = await open({
      'pipelines/p.ts': `export const twice = ({ ${name}: given }: { ${name}: number }) => 2 * given;\n`,
      'pipelines/q.ts': `export const twice = ({ ${name}: given }: { ${name}: number }) => 2 * given;\n`,
      'conf/pipelines/q.yml': `run: { inputs: { ${name}: 3 } }\n`,
    });
    await expect(pipelineManager.load('q')).rejects.toMatchObject({
      code: expect.stringMatching(/^FP_CONFIG_/),
      message: expect.stringContaining(`conf/pipelines/q.yml:1:18: key '${name}' in run.inputs`),
    });
    expect((await pipelineManager.run('p', { inputs: only(name, 7) })).outputs).toEqual({ twice: 14 });
    await expect(pipelineManager.run('p', { params: only(name, 8) })).rejects.toMatchObject({
      message: expect.stringContaining(`key '${name}' in params`),
    });
    const { missing } = pipelineManager.examine(await pipelineManager.load('p'));
    expect(missing.map(({ input }) => input)).toEqual([name]);
  },
);
