/** What a receiver gets from `withAdapter: { opentelemetry: { endpoint } }`, and what happens to runs when it is ill (C48). */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metrics, trace } from '@opentelemetry/api';
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
import { attributes, metrics as metricNames } from './names.js';
import openTelemetryPlugin from './index.js';

interface Received {
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const servers: Server[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A receiver on this machine; `status` 0 never answers. */
async function receiver(status = 200): Promise<{ readonly endpoint: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      received.push({ url: request.url!, headers: request.headers, body });
      if (status !== 0) response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** Waits for adapters as long as they need: how busy the machine is must not decide what a healthy server gets. */
const patient: Clock = { ...systemClock, schedule: () => () => {} };

async function run(options: unknown, clock = patient) {
  if (clock === patient) vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '60000');
  const nodes = { a: () => 1, b: (a: number) => a + 1 };
  const logs: LogRecord[] = [];
  const runner = createPipelineRunner({
    registry: createRegistry([openTelemetryPlugin]),
    fs: createMemoryFileSystem(),
    clock,
    log: createLogger({ sink: (record) => void logs.push(record) }),
    project: { name: 'shop', env: 'test' },
  });
  const outcome = await runner.settle({
    name: 'sales',
    modules: [nodes],
    params: {},
    io: { load: {}, save: {} },
    run: { ...defaultRunConfig, withAdapter: { opentelemetry: options } },
  });
  await runner.close();
  return { outcome, logs };
}

interface Spans {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: { stringValue?: string } }[] };
    readonly scopeSpans: readonly { readonly spans: readonly { readonly name: string }[] }[];
  }[];
}

test('traces and metrics arrive with the name of the project and the headers', async () => {
  const { endpoint, received } = await receiver();
  const { outcome, logs } = await run({ endpoint, headers: { 'x-key': 'k' } });
  expect([outcome.status, logs]).toEqual(['success', []]);
  const [sent] = received.filter(({ url }) => url === '/v1/traces');
  const { resourceSpans } = JSON.parse(sent!.body) as Spans;
  const resource = Object.fromEntries(
    resourceSpans[0]!.resource.attributes.map(({ key, value }) => [key, value.stringValue]),
  );
  expect(resource).toMatchObject({ 'service.name': 'shop', 'deployment.environment.name': 'test' });
  const names = resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
  );
  expect(names.toSorted()).toEqual(['node a', 'node b', 'run sales']);
  expect(sent!.headers).toMatchObject({ 'x-key': 'k' });
  const measured = received
    .filter(({ url }) => url === '/v1/metrics')
    .map(({ body }) => body)
    .join('');
  for (const name of [metricNames.runDuration, metricNames.nodeDuration, metricNames.lastSuccess])
    expect(measured).toContain(`"${name}"`);
  // Labels have few values each: never the id of a run.
  expect(measured).not.toContain(outcome.runId);
  expect(measured).toContain(attributes.pipeline);
});

test('metrics: false sends traces alone', async () => {
  const { endpoint, received } = await receiver();
  await run({ endpoint, metrics: false });
  expect(new Set(received.map(({ url }) => url))).toEqual(new Set(['/v1/traces']));
});

test('without an endpoint and without an SDK nothing happens', async () => {
  const { outcome, logs } = await run(true);
  expect([outcome.status, logs]).toEqual(['success', []]);
});

test('an SDK that the program has registered is used', async () => {
  const { InMemorySpanExporter, BasicTracerProvider, SimpleSpanProcessor } = await import(
    '@opentelemetry/sdk-trace-base'
  );
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  try {
    await run(true);
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['node a', 'node b', 'run sales']);
  } finally {
    trace.disable();
    metrics.disable();
  }
});

describe('C48: a receiver that is ill costs a run less than three seconds, and is counted', () => {
  test.each<[string, () => Promise<string>]>([
    ['unreachable', async () => 'http://127.0.0.1:9'],
    ['answers 500', async () => (await receiver(500)).endpoint],
    ['never answers', async () => (await receiver(0)).endpoint],
  ])('%s', async (_how, start) => {
    const before = initializeTelemetry().lost()['opentelemetry'] ?? 0;
    const endpoint = await start();
    const { outcome, logs } = await run({ endpoint }, systemClock);
    expect(outcome).toMatchObject({ status: 'success', outputs: { b: 2 } });
    expect(logs.map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/^The adapter 'opentelemetry' lost something: (?!Array)./),
    ]);
    expect(initializeTelemetry().lost()['opentelemetry']).toBeGreaterThan(before);
  });
});

test('options that nobody knows are refused before anything runs', async () => {
  const { outcome } = await run({ endpoint: 'localhost:4318' });
  expect(outcome).toMatchObject({ status: 'failure', attempts: 0 });
  expect(String((outcome as { error: unknown }).error)).toContain('must be an http or https URL');
});
