/** What a server of MLflow is told of runs. The stand-in keeps to its limits; the real one is tried where it is installed. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import {
  type Clock,
  createLogger,
  createPipelineRunner,
  defaultRunConfig,
  initializeTelemetry,
  type LogRecord,
  systemClock,
} from '@flowerpower/runtime';
import { afterEach, describe, expect, test, vi } from 'vitest';
import mlflowPlugin from './index.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Call {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const ok = (body: object = {}): Answer => ({ status: 200, body });

/** Answers as MLflow does for what is asked here. @param ill - a status for everything; 0 for no answer. */
async function standIn({ ill, isKnown = false }: { ill?: number; isKnown?: boolean } = {}) {
  const calls: Call[] = [];
  let batches = 0;

  function answerTo(path: string, body: unknown, size: number): Answer {
    if (ill !== undefined) return { status: ill, body: { error_code: 'INTERNAL_ERROR', message: 'ill' } };
    switch (path) {
      case 'mlflow/experiments/get-by-name':
        return isKnown
          ? ok({ experiment: { experiment_id: '7' } })
          : { status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } };
      case 'mlflow/experiments/create':
        return ok({ experiment_id: '8' });
      case 'mlflow/runs/create':
      case 'mlflow/runs/get':
        return ok({ run: { info: { run_id: 'r1', artifact_uri: 'mlflow-artifacts:/8/r1/artifacts' } } });
      case 'mlflow/runs/log-batch': {
        const { metrics = [], params = [], tags = [] } = body as Record<string, readonly unknown[]>;
        const all = metrics.length + params.length + tags.length;
        const isTooMuch = params.length > 100 || tags.length > 100 || all > 1000 || size > 1e6;
        if (isTooMuch)
          return { status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'too much' } };
        // The first one is lost on its way.
        return ++batches === 1 ? { status: 503, body: {} } : ok();
      }
      default:
        return ok();
    }
  }

  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const [path = '', query = ''] = request.url!.replace('/api/2.0/', '').split('?');
      const isText = path.startsWith('mlflow-artifacts/');
      const read = (): unknown => (isText ? text : JSON.parse(text));
      const body = request.method === 'GET' ? Object.fromEntries(new URLSearchParams(query)) : read();
      calls.push({ path, authorization: request.headers.authorization, body });
      if (ill === 0) return;
      const { status, body: said } = answerTo(path, body, text.length);
      response.writeHead(status).end(JSON.stringify(said));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { trackingUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

const secret = 'hunter2-hunter2';

interface RunRequest {
  readonly nodes?: object;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly adapter?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** Waits for adapters as long as they need: how busy the machine is must not decide what a healthy server gets. */
const patient: Clock = { ...systemClock, schedule: () => () => {} };

async function run(
  options: unknown,
  { nodes = { a: () => 2.5, b: () => 'x' }, params = {}, adapter = {}, inputs = {} }: RunRequest = {},
  clock = patient,
) {
  const logs: LogRecord[] = [];
  const runner = createPipelineRunner({
    registry: createRegistry([mlflowPlugin]),
    fs: createMemoryFileSystem(),
    clock,
    log: createLogger({ sink: (record) => void logs.push(record) }),
    project: { name: 'examples', env: 'test' },
    adapter: { mlflow: { tracking_uri: null, registry_uri: null } },
  });
  const outcome = await runner.settle(
    {
      name: 'shop',
      modules: [nodes],
      params,
      io: { load: {}, save: {} },
      adapter,
      run: { ...defaultRunConfig, withAdapter: { mlflow: options } },
      mask: (text) => text.replaceAll(secret, '***'),
    },
    { inputs },
  );
  await runner.close();
  return { outcome, logs };
}

const pathsOf = (calls: readonly Call[]) => calls.map(({ path }) => path.replace('mlflow/', ''));
const bodiesOf = (calls: readonly Call[], path: string) =>
  calls.filter((call) => call.path === `mlflow/${path}`).map(({ body }) => body as Record<string, never>);

test('a run is made with its experiment, filled at its end and closed', async () => {
  const { trackingUri, calls } = await standIn();
  const request = {
    nodes: { a: (rate: number) => 2.5 * rate, b: () => 'x', c: () => Number.NaN },
    params: { rate: 2 },
  };
  const { outcome, logs } = await run({ trackingUri, token: 't', runTags: { team: 'x', n: 1 } }, request);
  expect([outcome.status, logs]).toEqual(['success', []]);
  expect(pathsOf(calls).slice(0, 3)).toEqual([
    'experiments/get-by-name',
    'experiments/create',
    'runs/create',
  ]);
  expect(new Set(calls.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer t']));
  expect(bodiesOf(calls, 'experiments/create')).toMatchObject([{ name: 'examples' }]);
  const [made] = bodiesOf(calls, 'runs/create');
  expect(made).toMatchObject({
    experiment_id: '8',
    run_name: 'shop',
    start_time: expect.any(Number) as number,
  });
  expect(made!['tags']).toEqual(
    expect.arrayContaining([
      { key: 'team', value: 'x' },
      { key: 'n', value: '1' },
      { key: 'flowerpower.run_id', value: outcome.runId },
      { key: 'flowerpower.env', value: 'test' },
    ]),
  );
  // What was lost on its way is sent again.
  const batches = bodiesOf(calls, 'runs/log-batch');
  expect(batches).toHaveLength(2);
  expect(batches[0]).toEqual(batches[1]);
  const { metrics, params } = batches[1]! as unknown as {
    metrics: { key: string; value: unknown }[];
    params: unknown;
  };
  const values = Object.fromEntries(metrics.map(({ key, value }) => [key, value]));
  expect(values).toMatchObject({ a: 5, c: 'NaN', 'duration_ms/a': expect.any(Number) as number });
  expect(values).not.toHaveProperty('b');
  expect(params).toEqual([{ key: 'params.rate', value: '2' }]);
  expect(bodiesOf(calls, 'runs/update')).toMatchObject([{ run_id: 'r1', status: 'FINISHED' }]);
  const graph = calls.find(({ path }) => path.endsWith('8/r1/artifacts/graph.json'))!;
  expect(JSON.parse(graph.body as string)).toMatchObject({
    nodes: expect.arrayContaining([
      { name: 'a', kind: 'function', dependencies: ['rate'], module: expect.any(String) as string },
    ]) as unknown,
  });
});

test('a run that fails is FAILED, one that is cancelled KILLED', async () => {
  const { trackingUri, calls } = await standIn({ isKnown: true });
  await run(
    { trackingUri },
    {
      nodes: {
        a: () => {
          throw new Error('no');
        },
      },
    },
  );
  expect(bodiesOf(calls, 'runs/update')).toMatchObject([{ status: 'FAILED' }]);
  expect(pathsOf(calls)).not.toContain('experiments/create');
});

test('settings of the Python FlowerPower count, below those of withAdapter', async () => {
  const { trackingUri, calls } = await standIn();
  const mlflow = {
    experiment_name: 'weather',
    experiment_tags: {},
    experiment_description: 'About it',
    run_id: null,
    run_name: 'below',
    run_description: 'A run',
    artifact_location: null,
  };
  await run({ tracking_uri: trackingUri, runName: 'above' }, { adapter: { mlflow } });
  expect(bodiesOf(calls, 'experiments/create')).toEqual([
    { name: 'weather', tags: [{ key: 'mlflow.note.content', value: 'About it' }] },
  ]);
  expect(bodiesOf(calls, 'runs/create')).toMatchObject([{ run_name: 'above' }]);
});

test('a run of MLflow that is named is added to', async () => {
  const { trackingUri, calls } = await standIn({ isKnown: true });
  await run({ trackingUri, runId: 'r1' });
  expect(pathsOf(calls)).not.toContain('runs/create');
  expect(bodiesOf(calls, 'runs/update').map(({ status }) => status)).toEqual(['RUNNING', 'FINISHED']);
});

test('many parameters and metrics go in batches that the server takes', async () => {
  const { trackingUri, calls } = await standIn();
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, index]));
  const nodes = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`n${index}`, () => index]));
  const { logs } = await run(
    { trackingUri },
    { nodes: { ...nodes, all: (given: object) => given }, params: { given: many(250) } },
  );
  expect(logs).toEqual([]);
  const batches = bodiesOf(calls, 'runs/log-batch').slice(1) as unknown as {
    metrics: unknown[];
    params: unknown[];
  }[];
  expect(batches.map(({ params }) => params.length)).toEqual([100, 100, 50]);
  expect(batches.reduce((sum, { metrics }) => sum + metrics.length, 0)).toBe(900 + 901 + 1);
});

test('C41: nothing secret is sent: neither by value nor by name', async () => {
  const { trackingUri, calls } = await standIn();
  const nodes = {
    a: (dsn: string, api_token: string) => {
      throw new Error(`cannot reach ${dsn} with ${api_token}`);
    },
  };
  await run({ trackingUri }, { nodes, inputs: { dsn: `x://${secret}`, api_token: 'by-its-name' } });
  const sent = JSON.stringify(calls);
  expect(sent).toContain('inputs.dsn');
  expect(sent).not.toContain(secret);
  expect(sent).not.toContain('by-its-name');
});

describe('C48: a server that is ill changes no run, and is counted', () => {
  test.each<[string, () => Promise<string>]>([
    ['unreachable', async () => 'http://127.0.0.1:9'],
    ['answers 500', async () => (await standIn({ ill: 500 })).trackingUri],
    ['never answers', async () => (await standIn({ ill: 0 })).trackingUri],
  ])('%s', async (_how, start) => {
    const before = initializeTelemetry().lost()['mlflow'] ?? 0;
    const { outcome, logs } = await run({ trackingUri: await start() }, {}, systemClock);
    expect(outcome).toMatchObject({ status: 'success', outputs: { a: 2.5, b: 'x' } });
    expect(logs.map(({ msg }) => msg)).toEqual([expect.stringContaining("The adapter 'mlflow' lost")]);
    expect(initializeTelemetry().lost()['mlflow']).toBeGreaterThan(before);
  });

  test('no server is named', async () => {
    vi.stubEnv('MLFLOW_TRACKING_URI', undefined);
    const { outcome, logs } = await run(true);
    expect(outcome.status).toBe('success');
    expect(logs.map(({ msg }) => msg)).toEqual([expect.stringContaining('No server of MLflow is named')]);
  });
});

test.each([
  [{ trackingUri: 'file:///mlruns' }, 'must be an http or https URL'],
  [{ registry_uri: 'http://x' }, 'nothing here registers models'],
  [{ experiment: 'x' }, "Did you mean 'experimentName'|experiment"],
])('%j is refused before anything runs', async (options, words) => {
  const { outcome } = await run(options);
  expect(outcome).toMatchObject({ status: 'failure', attempts: 0 });
  expect(String((outcome as { error: unknown }).error)).toMatch(new RegExp(words));
});
