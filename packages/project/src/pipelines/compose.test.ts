/** Pipelines that use other pipelines of their project. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-compose-')));
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  symlinkSync(typescript, join(root, 'node_modules/typescript'), 'dir');
  write({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/pricing.yml': `
params: { net: { rate: 0.25 } }
io:
  load: { goods: { type: json, path: data/goods.json } }
  save: { net: { type: json, path: data/net.json } }
run: { inputs: { discount: 1 }, finalVars: [net] }
`,
    'pipelines/pricing.ts': `
export const gross = ({ goods, discount }: { goods: number[]; discount: number }) => goods.map((price) => price - discount);
export const net = ({ gross, rate }: { gross: number[]; rate: number }): number[] => gross.map((price) => price / (1 + rate));
export const count = ({ net }: { net: number[] }) => net.length;
`,
    'data/goods.json': '[126, 251]',
    'conf/pipelines/orders.yml': 'pipelines:\n  prices: { use: pricing, outputs: [net] }\n',
    'pipelines/orders.ts':
      'export const total = ({ net }: { net: number[] }) => net.reduce((sum, price) => sum + price, 0);\n',
  });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

async function withProject<T>(
  use: (project: FlowerPowerProject) => Promise<T>,
  environment: Readonly<Record<string, string>> = {},
): Promise<T> {
  const project = await FlowerPowerProject.load(root, { environment });
  try {
    return await use(project);
  } finally {
    await project.close();
  }
}
const run = (name = 'orders', overrides = {}) => withProject((project) => project.run(name, overrides));
const problem = (call: () => Promise<unknown>) =>
  call().then(
    () => undefined,
    (error: unknown) => error as Error & Record<string, unknown>,
  );

describe('what is taken', () => {
  test('a value, computed with the configuration and the loaders of its own pipeline', async () => {
    const { outputs, saved, nodes } = await run();
    expect(outputs).toEqual({ total: 300 });
    // Who takes a value saves nothing.
    expect(saved).toEqual({});
    expect(readdirSync(join(root, 'data'))).toEqual(['goods.json']);
    expect(Object.keys(nodes)).toEqual(expect.arrayContaining(['prices.gross', 'prices.net', 'total']));
    expect(Object.keys(nodes)).not.toContain('prices.count');
  });

  test('by default what a run of it computes, under other names where they are given', async () => {
    write({
      'conf/pipelines/orders.yml': 'pipelines:\n  prices: { use: pricing, as: { net: netPrices } }\n',
      'pipelines/orders.ts':
        'export const total = ({ netPrices }: { netPrices: number[] }) => netPrices.length;\n',
    });
    expect((await run()).outputs).toEqual({ total: 2 });
  });

  test('inputs may be given: values, and nodes of the pipeline that uses it', async () => {
    write({
      'conf/pipelines/orders.yml':
        'pipelines:\n  a: { use: pricing, as: { net: first }, inputs: { discount: { $source: off } } }\n  b: { use: pricing, as: { net: second }, inputs: { discount: 51 } }\nrun: { inputs: { by: 20 } }\n',
      'pipelines/orders.ts':
        'export const off = ({ by }: { by: number }) => by + 6;\nexport const both = ({ first, second }: { first: number[]; second: number[] }) => [first[0], second[0]];\n',
    });
    expect((await run()).outputs).toEqual({ both: [80, 60] });
  });

  test('a pipeline that is used may use another, and params bind its nodes to each other', async () => {
    write({
      'conf/pipelines/orders.yml': 'pipelines:\n  middle: { use: middle }\n',
      'pipelines/orders.ts': 'export const end = ({ doubled }: { doubled: number }) => doubled + 1;\n',
      'conf/pipelines/middle.yml':
        'pipelines:\n  prices: { use: pricing, outputs: [net] }\nparams: { doubled: { of: { $source: sum } } }\nrun: { finalVars: [doubled] }\n',
      'pipelines/middle.ts':
        'export const sum = ({ net }: { net: number[] }) => net[0]! + net[1]!;\nexport const doubled = ({ of }: { of: number }) => of * 2;\n',
    });
    const { outputs, nodes } = await run();
    expect(outputs).toEqual({ end: 601 });
    expect(Object.keys(nodes)).toContain('middle.prices.gross');
  });

  test('its nodes are cached, and their values are there for overrides and outputs', async () => {
    write({
      'conf/pipelines/orders.yml':
        'pipelines:\n  prices: { use: pricing, outputs: [net] }\nrun: { cache: true }\n',
    });
    await run();
    expect((await run()).nodes['prices.net']).toMatchObject({ status: 'success', cached: true });
    expect((await run('orders', { overrides: { 'prices.net': [7] } })).outputs).toEqual({ total: 7 });
    expect((await run('orders', { outputs: ['prices.count'] })).outputs).toEqual({ 'prices.count': 2 });
  });

  test('an edit of the other pipeline is followed in the next run', async () => {
    await withProject(async (project) => {
      expect((await project.run('orders')).outputs).toEqual({ total: 300 });
      write({
        'conf/pipelines/pricing.yml':
          'params: { net: { rate: 1.5 } }\nio: { load: { goods: { type: json, path: data/goods.json } } }\nrun: { inputs: { discount: 1 }, finalVars: [net] }\n',
      });
      expect((await project.run('orders')).outputs).toEqual({ total: 150 });
    });
  });

  test('pictures show its nodes by their names', async () => {
    const drawn = await withProject(({ pipelineManager }) => pipelineManager.draw('orders', 'mermaid'));
    expect(drawn).toContain('subgraph ns_prices ["prices"]');
    expect(drawn).toContain('n_prices_gross --> n_prices_net');
    expect(drawn).not.toContain('n_prices(');
  });

  test('a value from the environment in it is hidden in the graph of who uses it', async () => {
    write({
      'conf/pipelines/pricing.yml':
        'params: { net: { rate: "${RATE}" } }\nio: { load: { goods: { type: json, path: data/goods.json } } }\nrun: { inputs: { discount: 1 }, finalVars: [net] }\n',
    });
    const { graph } = await withProject(({ pipelineManager }) => pipelineManager.load('orders'), {
      RATE: '0.25',
    });
    expect(graph.nodes.get('prices.net')!.bound).toEqual({ rate: '${RATE}' });
  });
});

describe('what is refused', () => {
  test('a circle, spelled out, with the line', async () => {
    write({
      'conf/pipelines/pricing.yml': 'pipelines:\n  back:\n    use: orders\n',
    });
    expect(await problem(run)).toMatchObject({
      code: 'FP_PIPELINE_CYCLE',
      message:
        'pipelines.prices: pipelines.back: pipelines use each other in a circle: orders → pricing → orders.',
      places: [
        { file: expect.stringContaining('pricing.yml') as string, line: 3 },
        { file: expect.stringContaining('orders.yml') as string, line: 2 },
      ],
    });
  });

  test('a pipeline, an output or another name that does not exist', async () => {
    write({ 'conf/pipelines/orders.yml': 'pipelines:\n  prices: { use: pricng }\n' });
    expect(await problem(run)).toMatchObject({
      code: 'FP_UNKNOWN_PIPELINE',
      hint: "Did you mean 'pricing'?",
    });
    write({
      'conf/pipelines/orders.yml':
        'pipelines:\n  prices: { use: pricing, outputs: [nett], as: { gros: g } }\n',
    });
    const error = await problem(run);
    expect(error).toMatchObject({ code: 'FP_PIPELINE_PART' });
    expect(error!['problems']).toMatchObject([
      {
        message: "pipelines.prices.outputs: the pipeline 'pricing' has no node 'nett'.",
        hint: "Did you mean 'net'?",
        places: [{ line: 2 }],
      },
      { message: "pipelines.prices.as: 'gros' is none of its outputs." },
    ]);
  });

  test('an input that nothing gives', async () => {
    write({
      'conf/pipelines/pricing.yml':
        'params: { net: { rate: 0.25 } }\nio: { load: { goods: { type: json, path: data/goods.json } } }\n',
    });
    expect(await problem(run)).toMatchObject({
      code: 'FP_PIPELINE_PART',
      message: "pipelines.prices: the pipeline 'pricing' needs the input 'discount', which nothing gives.",
      hint: 'Give it under pipelines.prices.inputs: a value, or { $source: node } for a node of this pipeline.',
    });
  });

  test('what is wrong in the pipeline that is used, with its place there and the line that uses it', async () => {
    write({ 'conf/pipelines/pricing.yml': 'run: { timeuot: 3 }\n' });
    const error = await problem(run);
    expect(error!.message).toContain('pricing.yml:1');
    expect(error!['places']).toMatchObject([
      { file: expect.stringContaining('pricing.yml') as string },
      { file: expect.stringContaining('orders.yml') as string, line: 2 },
    ]);
  });

  test('a node that fails names the file of the other pipeline', async () => {
    write({ 'data/goods.json': '{}' });
    expect(await problem(run)).toMatchObject({
      code: 'FP_NODE_FAILED',
      node: 'prices.gross',
      places: [{ file: join(root, 'pipelines/pricing.ts'), line: 2 }],
    });
  });
});

describe('check', () => {
  const check = () => withProject(({ pipelineManager }) => pipelineManager.check('orders'));

  test('what is taken has the type that the other pipeline gives it', async () => {
    expect(await check()).toMatchObject({ ok: true, problems: [], uncheckedEdges: [] });
    write({
      'pipelines/orders.ts': 'export const total = ({ net }: { net: string[] }) => net.join();\n',
    });
    const { ok, problems } = await check();
    expect(ok).toBe(false);
    expect(problems).toMatchObject([{ code: 'FP_EDGE_TYPE' }]);
  });
});
