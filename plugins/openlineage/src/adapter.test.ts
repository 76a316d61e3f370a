/** What a server or a file gets, and what happens to runs when the server is ill (C48). */
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
import { afterEach, describe, expect, test } from 'vitest';
import type { LineageEvent } from './index.js';
import openLineagePlugin from './index.js';
import { createOutbox } from './outbox.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

interface Received {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly event: LineageEvent;
}

/** A server on this machine; `status` 0 never answers. */
async function receiver(status = 201): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { authorization } = request.headers;
      received.push({ url: request.url, authorization, event: JSON.parse(body) as LineageEvent });
      if (status !== 0) response.writeHead(status).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const secret = 'hunter2-hunter2';

/** Waits for adapters as long as they need: how busy the machine is must not decide what a healthy server gets. */
const patient: Clock = { ...systemClock, schedule: () => () => {} };

async function run(options: unknown, nodes: object = { a: () => 1 }, clock = patient) {
  const logs: LogRecord[] = [];
  const fs = createMemoryFileSystem();
  const runner = createPipelineRunner({
    registry: createRegistry([openLineagePlugin]),
    fs,
    clock,
    log: createLogger({ sink: (record) => void logs.push(record) }),
    project: { name: 'examples' },
  });
  const outcome = await runner.settle({
    name: 'shop',
    modules: [nodes],
    params: {},
    io: { load: {}, save: {} },
    run: { ...defaultRunConfig, withAdapter: { openlineage: options } },
    mask: (text) => text.replaceAll(secret, '***'),
  });
  await runner.close();
  return { outcome, logs, fs };
}

test('a server gets the events in their order, with the key', async () => {
  const { url, received } = await receiver();
  const { outcome, logs } = await run({ url, apiKey: 'k' });
  expect([outcome.status, logs]).toEqual(['success', []]);
  expect(received.map(({ event }) => event.eventType)).toEqual(['START', 'COMPLETE']);
  expect(received[0]).toMatchObject({ url: '/api/v1/lineage', authorization: 'Bearer k' });
  expect(received[0]!.event.job).toMatchObject({ namespace: 'examples', name: 'shop' });
  expect(received.map(({ event }) => event.run.runId)).toEqual([outcome.runId, outcome.runId]);
});

test('a file gets a line for each event, of every run', async () => {
  const { fs } = await run({ path: 'lineage.ndjson', namespace: 'own', nodes: true });
  const lines = (await fs.readText('lineage.ndjson')).trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as LineageEvent);
  expect(events.map(({ eventType, job }) => `${eventType} ${job.namespace}/${job.name}`)).toEqual([
    'START own/shop',
    'START own/shop.a',
    'COMPLETE own/shop.a',
    'COMPLETE own/shop',
  ]);
});

test('C41: no secret is in any event', async () => {
  const { url, received } = await receiver();
  await run(
    { url, path: 'lineage.ndjson' },
    {
      a: () => {
        throw new Error(`cannot reach ${secret}`, { cause: new Error(secret) });
      },
    },
  );
  expect(received).toHaveLength(2);
  expect(JSON.stringify(received)).not.toContain(secret);
  expect(JSON.stringify(received)).toContain('cannot reach ***');
});

describe('C48: a server that is ill changes no run, and is counted', () => {
  test.each<[string, () => Promise<string>]>([
    ['unreachable', async () => 'http://127.0.0.1:9'],
    ['answers 500', async () => (await receiver(500)).url],
    ['never answers', async () => (await receiver(0)).url],
  ])('%s', async (_how, start) => {
    const before = initializeTelemetry().lost()['openlineage'] ?? 0;
    const { outcome, logs } = await run({ url: await start() }, { a: () => 1 }, systemClock);
    expect(outcome).toMatchObject({ status: 'success', outputs: { a: 1 } });
    expect(logs.map(({ msg }) => msg)).toEqual([expect.stringContaining("The adapter 'openlineage' lost")]);
    expect(initializeTelemetry().lost()['openlineage']).toBeGreaterThan(before);
  });

  test('no more than 1000 events wait, and those that go are counted', async () => {
    let release!: () => void;
    const sent: unknown[] = [];
    let lost = 0;
    const held = new Promise<void>((resolve) => (release = resolve));
    const outbox = createOutbox(
      async (event) => {
        await held;
        sent.push(event);
      },
      (count) => (lost += count),
    );
    for (let index = 0; index < 1200; index++) outbox.add({ index } as never);
    release();
    await outbox.flush();
    expect([sent.length, lost, sent.at(-1)]).toEqual([1001, 199, { index: 1199 }]);
    outbox.stop();
    outbox.add({} as never);
    await outbox.flush();
    expect(sent).toHaveLength(1001);
  });
});

test.each([
  [true, 'must have a url, a path, or both'],
  [{ url: 'localhost' }, 'must be an http or https URL'],
  [{ url: 'http://x', nmespace: 'a' }, "has no option 'nmespace'"],
])('%j is refused before anything runs', async (options, words) => {
  const { outcome } = await run(options);
  expect(outcome).toMatchObject({ status: 'failure', attempts: 0 });
  expect(String((outcome as { error: unknown }).error)).toContain(words);
});
