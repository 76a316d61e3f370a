/** An unset secret stopped everything, also what needs no secret. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

let root: string;
let project: FlowerPowerProject;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-unset-'));
});
afterEach(async () => {
  await project.close();
  rmSync(root, { recursive: true, force: true });
});

const module = `export const rate = ({ apiToken, factor = 1 }: { apiToken: string; factor?: number }) => apiToken.length * factor;
export const sent = ({ rate }: { rate: number }) => rate;
`;
const yaml = `params:
  rate:
    factor: \${FACTOR:-2}
run:
  timeout: \${LIMIT:-9}
  inputs:
    apiToken: \${API_TOKEN}
`;

async function load(config = yaml, environment: Readonly<Record<string, string>> = {}) {
  const files = { 'conf/project.yml': '', 'conf/pipelines/p.yml': config, 'pipelines/p.ts': module };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  project = await FlowerPowerProject.load(root, { environment });
  return project.pipelineManager;
}

describe('a variable that is not set stops only what needs its value', () => {
  test('a pipeline is loaded, drawn and examined; what it lacks is said once', async () => {
    const manager = await load();
    const pipeline = await manager.load('p');
    expect(await manager.draw('p', 'mermaid')).toContain('apiToken');
    const { problems, missing, unset } = manager.examine(pipeline);
    expect([problems, missing]).toEqual([[], []]);
    expect(unset).toMatchObject([{ code: 'FP_CONFIG_VARIABLE_UNSET' }]);
    expect(await manager.caches()).toHaveLength(1);
    expect(await manager.unfinished('p')).toEqual([]);
  });

  test('a parameter is drawn as the reference', async () => {
    const manager = await load('params: { rate: { factor: "${FACTOR}" } }');
    expect(await manager.draw('p', 'text')).toContain('${FACTOR}');
  });

  test('the options of a loader are not judged by what stands in for them', async () => {
    const io = 'io: { load: { apiToken: { type: csv, path: "${FILE}", delimiter: "${D}" } } }';
    const manager = await load(io);
    expect((await manager.load('p')).graph.nodes.has('apiToken')).toBe(true);
    await expect(manager.run('p')).rejects.toMatchObject({ code: 'FP_CONFIG_INVALID' });
  });

  test('a run refuses, and so does runSync', async () => {
    const manager = await load();
    await expect(manager.run('p')).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
    const pipeline = await manager.load('p');
    await expect(manager.settle(pipeline)).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
    expect(() => manager.runSync('p')).toThrow("'API_TOKEN' is not set");
  });

  test.each([
    ['run: { config: { mode: "${MODE}" } }'],
    ['run: { finalVars: ["${OUT}"] }'],
    ['run: { additionalModules: ["${MODULE}"] }'],
    ['run: "${RUN}"'],
    ['params: "${PARAMS}"'],
  ])('the graph needs %s', async (config) => {
    const manager = await load(config);
    await expect(manager.load('p')).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
  });

  test('the list of caches needs the folder of the cache', async () => {
    const manager = await load('run: { cache: { dir: "${DIR}" } }');
    await expect(manager.caches()).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
  });
});

describe('an input that the run is given replaces a variable that is not set', () => {
  test('in project.run and runSync, and of a loaded pipeline', async () => {
    const manager = await load();
    const inputs = { apiToken: 'zzz' };
    expect((await project.run('p', { inputs })).outputs).toEqual({ sent: 6 });
    expect((await manager.run(await manager.load('p'), { inputs })).outputs).toEqual({ sent: 6 });
    expect(manager.runSync('p', { inputs }).outputs).toEqual({ sent: 6 });
  });

  test('undefined and other names give nothing', async () => {
    const manager = await load();
    await expect(manager.run('p', { inputs: { apiToken: undefined } })).rejects.toThrow("'API_TOKEN'");
    await expect(manager.run('p', { inputs: { apiTokn: 'x' } })).rejects.toThrow("'API_TOKEN'");
  });

  test('as an assignment does', async () => {
    const manager = await load();
    expect((await manager.run('p', { set: ['run.inputs.apiToken=zz'] })).outputs).toEqual({ sent: 4 });
  });
});
