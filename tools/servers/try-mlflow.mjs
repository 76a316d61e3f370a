// node tools/servers/try-mlflow.mjs: the plugin mlflow against the real server. It is no part of CI, since its installation takes
// minutes; the tests of the plugin have a stand-in that keeps to its limits.
import { strict as assert } from 'node:assert';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..');
const home = join(root, 'node_modules', '.cache', 'flowerpower-servers');
const venv = join(home, 'mlflow');
const program = process.env.MLFLOW_PROGRAM ?? join(venv, 'bin', 'mlflow');

if (!existsSync(program)) {
  mkdirSync(home, { recursive: true });
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', venv],
    [join(venv, 'bin', 'pip'), 'install', '--quiet', 'mlflow==3.17.2'],
  ]) {
    if (spawnSync(command, args, { stdio: 'inherit' }).status !== 0) throw new Error(`${command} failed.`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'flowerpower-mlflow-'));
const port = await freePort();
const trackingUri = `http://127.0.0.1:${port}`;
const server = spawn(
  program,
  [
    'server',
    '--host=127.0.0.1',
    `--port=${port}`,
    '--workers=1',
    `--backend-store-uri=sqlite:///${join(folder, 'mlflow.db')}`,
    `--artifacts-destination=${join(folder, 'artifacts')}`,
  ],
  { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], detached: true },
);
try {
  await answers();
  await tryPlugin();
  console.log('MLflow was told of everything.');
} finally {
  // With the processes that it has started.
  if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
  await delay(200);
  rmSync(folder, { recursive: true, force: true });
}

async function tryPlugin() {
  const { createMemoryFileSystem } = await import('../../packages/fs/dist/index.js');
  const { createRegistry } = await import('../../packages/plugin/dist/index.js');
  const { createPipelineRunner, defaultRunConfig, initializeTelemetry } = await import(
    '../../packages/runtime/dist/index.js'
  );
  const { default: plugin } = await import('../../plugins/mlflow/dist/index.js');
  const runner = createPipelineRunner({
    registry: createRegistry([plugin]),
    fs: createMemoryFileSystem(),
    project: { name: 'shop' },
  });
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`p${index}`, index]));
  const run = (nodes, options = {}) =>
    runner.settle({
      name: 'sales',
      modules: [nodes],
      params: { given: many },
      io: { load: {}, save: {} },
      run: {
        ...defaultRunConfig,
        withAdapter: { mlflow: { trackingUri, runTags: { team: 'x' }, ...options } },
      },
    });
  // A run that is over at once leaves a busy server no time.
  const slow = () => delay(8000);
  const nodes = { slow, total: (given) => Object.keys(given).length, wild: () => Number.NaN, größe: () => 1 };
  const outcome = await run(nodes);
  const failed = await run({
    slow,
    total: async (given) => {
      await delay(8000);
      throw new Error(`no ${typeof given}`);
    },
  });
  await runner.close();
  assert.deepEqual(initializeTelemetry().lost(), {});

  const ask = async (path, body) => {
    const response = await fetch(`${trackingUri}/api/2.0/mlflow/${path}`, {
      ...(body && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    assert.equal(response.status, 200);
    return response.json();
  };
  const { experiment } = await ask('experiments/get-by-name?experiment_name=shop');
  const { runs } = await ask('runs/search', { experiment_ids: [experiment.experiment_id] });
  const found = (runId) =>
    runs.find(({ data }) =>
      data.tags.some(({ key, value }) => key === 'flowerpower.run_id' && value === runId),
    );
  const good = found(outcome.runId);
  assert.equal(good.info.status, 'FINISHED');
  assert.equal(good.data.params.length, 250);
  const metrics = Object.fromEntries(good.data.metrics.map(({ key, value }) => [key, value]));
  assert.equal(metrics.total, 250);
  assert.ok(metrics['duration_ms/total'] >= 0);
  assert.equal(found(failed.runId).info.status, 'FAILED');
  const { files } = await ask(`artifacts/list?run_id=${good.info.run_id}`);
  assert.deepEqual(
    files.map(({ path }) => path),
    ['graph.json'],
  );
}

async function answers() {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) throw new Error(`mlflow ended with ${server.exitCode}.`);
    const response = await fetch(`${trackingUri}/health`).catch(() => undefined);
    if (response?.ok) {
      // The first question that needs the database takes seconds.
      await fetch(`${trackingUri}/api/2.0/mlflow/experiments/get?experiment_id=0`);
      return;
    }
    await delay(200);
  }
  throw new Error('mlflow does not answer.');
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: free } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return free;
}
