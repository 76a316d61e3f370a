import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, node, type NodeContext, parallelizable } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, pipeline } from '../../__fixtures__/set-up.js';
import { createVirtualClock } from '../../__fixtures__/virtual-clock.js';
import { createLogger, type LogRecord } from '../../logging/logger.js';
import { createRunStore } from '../../store/run-store.js';
import type { RunEvent } from '../../events/run-event.js';
import { createPipelineRunner } from '../pipeline-runner.js';

let root: string;
let dir: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-recording-'));
  dir = join(root, 'runs');
});
afterEach(() => rmSync(root, { recursive: true }));

function recordingRunner(onEvent?: (event: RunEvent) => void) {
  const store = createRunStore({ dir });
  const logs: LogRecord[] = [];
  const runner = createPipelineRunner({
    registry: createRegistry(),
    fs: createMemoryFileSystem(),
    recording: { store, env: 'dev' },
    onEvent,
    log: createLogger({ sink: (record) => void logs.push(record) }),
  });
  return { runner, store, logs };
}

const fail = () => {
  throw new Error('broken');
};

describe('a run leaves its record', () => {
  test('what listeners are told is what the log says', async () => {
    const told: RunEvent[] = [];
    const { runner, store } = recordingRunner((event) => void told.push(event));
    const { runId } = await runner.run(pipeline({ a: () => 1, b: ({ a }: { a: number }) => a + 1 }));
    const { events, summary } = await store.read(runId);
    expect(events).toEqual(told);
    expect(events.at(-1)?.type).toBe('run.finished');
    expect(summary).toMatchObject({ status: 'success', nodes: { succeeded: 2 } });
    expect(existsSync(join(dir, runId, 'values'))).toBe(false);
  });

  test('runSync and settle, too; and a run that cannot start', async () => {
    const { runner, store } = recordingRunner();
    runner.runSync(pipeline({ a: () => 1 }));
    await runner.settle(pipeline({ a: fail }));
    await runner.settle(pipeline({ a: ({ x }: { x: number }) => x }));
    await errorOf(() => runner.run(pipeline({ a: () => 1 }), { outputs: ['b'] }));
    expect((await store.list()).map(({ status, error }) => [status, error?.code])).toEqual([
      ['failure', 'FP_UNKNOWN_OUTPUT'],
      ['failure', 'FP_MISSING_INPUT'],
      ['failure', 'FP_NODE_FAILED'],
      ['success', undefined],
    ]);
  });

  test('the head has no values', async () => {
    const { runner, store } = recordingRunner();
    const { runId } = await runner.run(
      pipeline(
        { a: ({ secret }: { secret: string }) => secret.length },
        { run: { inputs: { secret: 'hunter2' } } },
      ),
    );
    const { header } = await store.read(runId);
    expect(header).toMatchObject({ v: 1, pipeline: 'etl', env: 'dev', process: { pid: process.pid } });
    expect(Object.keys(header.inputs)).toEqual(['secret']);
    expect(Object.keys(header.nodeVersions)).toEqual(['a']);
    expect(readFileSync(join(dir, runId, 'run.json'), 'utf8')).not.toContain('hunter2');
  });

  test('C41: texts that are masked are nowhere in it, in locations neither', async () => {
    const { runner } = recordingRunner();
    const definition = pipeline(
      {
        a() {
          throw new Error('s3cret is wrong');
        },
        b: ({ c }: { c: number }, { log }: NodeContext) => log.info(`s3cret ${c}`),
        c: () => 1,
      },
      { save: { c: { type: 'json', path: 'out/s3cret.json' } }, run: { onError: 'continue' } },
    );
    const { runId } = await runner.settle({
      ...definition,
      mask: (text) => text.replaceAll('s3cret', '<KEY>'),
    });
    const text = readFileSync(join(dir, runId, 'events.ndjson'), 'utf8');
    expect(text).toContain('out/<KEY>.json');
    expect(text).not.toContain('s3cret');
  });

  test('not with run.record: false', async () => {
    const { runner } = recordingRunner();
    await runner.run(pipeline({ a: () => 1 }, { run: { record: false } }));
    expect(existsSync(dir)).toBe(false);
  });
});

describe('a store that cannot record changes nothing about a run', () => {
  const warnings = (logs: readonly LogRecord[]) =>
    logs.filter(({ level }) => level === 'WARNING').map(({ msg }) => msg);

  test('a folder that cannot be made: one warning', async () => {
    writeFileSync(dir, 'a file');
    const { runner, logs } = recordingRunner();
    expect((await runner.run(pipeline({ a: () => 1 }))).outputs).toEqual({ a: 1 });
    expect(warnings(logs)).toEqual([
      `The run cannot be recorded in ${dir}. The run goes on, and this is said once.`,
    ]);
  });

  test('an id that was used before: one warning, and the first record stays', async () => {
    const { runner, store, logs } = recordingRunner();
    await runner.run(pipeline({ a: () => 1 }), { runId: 'nightly' });
    await runner.settle(pipeline({ a: fail }), { runId: 'nightly' });
    expect(warnings(logs)).toHaveLength(1);
    expect(await store.list()).toMatchObject([{ runId: 'nightly', status: 'success' }]);
  });
});

describe('what a run that ended badly leaves', () => {
  /** Roles, names and values, or why there is none. */
  async function left(
    run: (runner: ReturnType<typeof recordingRunner>['runner']) => Promise<{ runId: string }>,
  ) {
    const { runner, store } = recordingRunner();
    const { runId } = await run(runner);
    const { values } = await store.read(runId);
    return Object.fromEntries(
      Object.entries(values).flatMap(([role, kept]) =>
        [...kept].map(([name, value]) => [
          `${role} ${name}`,
          value.isKept ? (value.load() as { value: unknown }).value : value.because,
        ]),
      ),
    );
  }

  test('what unfinished nodes read, outputs, and what the caller gave; nothing else', async () => {
    const nodes = {
      a: () => new Map([['k', 1n]]),
      b: ({ a, x }: { a: Map<string, bigint>; x: number }) => [a.size, x],
      c: ({ b, given }: { b: number[]; given: Date }) => [b, given],
      d: ({ c, y }: { c: unknown; y: number }) => fail() ?? [c, y],
      other: ({ a }: { a: unknown }) => a,
    };
    const given = new Date(0);
    const found = await left((runner) =>
      runner.settle(pipeline(nodes, { run: { inputs: { y: 1 } } }), {
        inputs: { x: 2 },
        overrides: { given },
      }),
    );
    expect(found).toEqual({
      'node c': [[1, 2], given],
      // Read by a node that did not run.
      'node a': new Map([['k', 1n]]),
      'input x': 2,
      'override given': given,
    });
  });

  test('of a fan-out what it is made of, also when what collects it fails', async () => {
    const nodes = {
      base: () => 10,
      items: node(() => [1, 2], parallelizable()),
      each: ({ items, base }: { items: number; base: number }) => items * base,
      sum: node(({ each }: { each: number[] }) => fail() ?? each, collect('each')),
    };
    expect(await left((runner) => runner.settle(pipeline(nodes)))).toEqual({
      'node items': [1, 2],
      'node base': 10,
    });
  });

  test('exactly, or not at all and why', async () => {
    class Client {}
    const nodes = {
      client: () => new Client(),
      fn: () => () => 1,
      stream: function* () {
        yield 1;
      },
      odd: () => [-0, Number.NaN, undefined, 2n, new Uint8Array([1]), new Date(1)],
      end: ({ client, fn, stream, odd }: Record<'client' | 'fn' | 'stream' | 'odd', unknown>) =>
        fail() ?? [client, fn, stream, odd],
    };
    const found = await left((runner) => runner.settle(pipeline(nodes)));
    expect(found).toEqual({
      'node client': expect.stringContaining('instance of the class Client') as string,
      'node fn': expect.stringContaining('function') as string,
      'node stream': 'it can be read only once',
      'node odd': [-0, Number.NaN, undefined, 2n, new Uint8Array([1]), new Date(1)],
    });
  });

  test('after attempts: what every attempt has achieved', async () => {
    let calls = 0;
    const nodes = { a: () => ++calls, b: ({ a }: { a: number }) => fail() ?? a };
    const retry = { maxRetries: 1, retryDelay: 0 };
    expect(await left((runner) => runner.settle(pipeline(nodes, { run: { retry } })))).toEqual({
      'node a': 1,
    });
    expect(calls).toBe(1);
  });

  test.each(['cancellation', 'timeout'] as const)('after %s', async (kind) => {
    const clock = createVirtualClock();
    const store = createRunStore({ dir });
    const runner = createPipelineRunner({
      registry: createRegistry(),
      fs: createMemoryFileSystem(),
      recording: { store },
      clock,
    });
    const stop = new AbortController();
    const nodes = {
      a: () => 1,
      b({ a }: { a: number }) {
        if (kind === 'timeout') clock.block(1001);
        else stop.abort();
        throw new Error(`stopped with ${a}`);
      },
    };
    const { runId, status } = await runner.settle(pipeline(nodes, { run: { timeout: 1 } }), {
      signal: stop.signal,
    });
    expect(status).toBe(kind);
    const { values, summary, events } = await store.read(runId);
    expect([...values.node.keys()]).toEqual(['a']);
    expect(summary.status).toBe(kind);
    // C15: nothing comes after it.
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: kind });
  });

  test.skipIf(process.platform === 'win32')('for nobody else to read', async () => {
    const { runner } = recordingRunner();
    const { runId } = await runner.settle(pipeline({ a: () => 1, b: ({ a }: { a: number }) => fail() ?? a }));
    const folder = join(dir, runId, 'values');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([
      0o600, 0o600,
    ]);
  });

  test('a run that is abandoned ends in its record, and is interrupted', async () => {
    const { runner, store } = recordingRunner();
    const nodes = {
      a: () => 1,
      b: ({ a }: { a: number }) => new Promise((resolve) => setTimeout(resolve, 50, a)),
    };
    let abandon!: () => unknown;
    const settled = runner.settle(pipeline(nodes), { runId: 'x' }, (control) => {
      abandon = () => control.abandon('cancellation');
    });
    await Promise.resolve();
    while ((await store.read('x')).events.at(-1)?.type !== 'node.started') await Promise.resolve();
    abandon();
    const { events, summary } = await store.read('x');
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'cancellation', abandoned: true });
    expect(summary.status).toBe('interrupted');
    await settled;
    expect((await store.read('x')).events).toEqual(events);
  });
});
