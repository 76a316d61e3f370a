import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
  appendFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunId } from '@flowerpower/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunEvent } from '../events/run-event.js';
import type { RunHeader } from './run-header.js';
import { ownProcess, stateOf } from './run-process.js';
import { createRunStore } from './run-store.js';

let root: string;
let dir: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-runs-'));
  dir = join(root, '.flowerpower', 'runs');
});
afterEach(() => rmSync(root, { recursive: true }));

function headerOf(more: Partial<RunHeader> = {}): RunHeader {
  return {
    v: 1,
    runId: createRunId(),
    pipeline: 'etl',
    startedAt: new Date().toISOString(),
    process: ownProcess(),
    configHash: '',
    configuration: {},
    inputs: {},
    overrides: {},
    nodeVersions: {},
    ...more,
  };
}

const none = { succeeded: 0, failed: 0, skipped: 0, notChosen: 0, cached: 0 };

function eventOf({ runId, pipeline }: RunHeader, seq: number, body: object): RunEvent {
  return { v: 1, seq, ts: new Date().toISOString(), runId, pipeline, ...body } as RunEvent;
}

/** Records a run that ended. */
function record(more: Partial<RunHeader> = {}, result = 'success'): RunHeader {
  const header = headerOf(more);
  const run = createRunStore({ dir }).record(header);
  run.append(eventOf(header, 1, { type: 'run.started', outputs: ['a'], planned: ['a'] }));
  run.append(eventOf(header, 2, { type: 'node.started', node: 'a', attempt: 1 }));
  if (result !== '') {
    const end = {
      type: 'run.finished',
      result,
      durationMs: 5,
      attempts: 1,
      nodes: { ...none, succeeded: 1 },
    };
    run.append(eventOf(header, 3, end));
  }
  run.close();
  return header;
}

const ended = { ...ownProcess(), pid: 2 ** 22 + 1 };

describe('what a list says of a run', () => {
  test.each(['success', 'failure', 'cancellation', 'timeout'])(
    '%s, from the end of its log',
    async (result) => {
      const { runId } = record({}, result);
      expect(await createRunStore({ dir }).list()).toEqual([
        {
          runId,
          pipeline: 'etl',
          status: result,
          startedAt: expect.any(String) as string,
          durationMs: 5,
          nodes: { ...none, succeeded: 1 },
        },
      ]);
    },
  );

  test('running, as long as its process is there', async () => {
    record({}, '');
    expect(await createRunStore({ dir }).list()).toMatchObject([{ status: 'running' }]);
  });

  test('C31: interrupted, when its process is gone', async () => {
    record({ process: ended }, '');
    expect(await createRunStore({ dir }).list()).toMatchObject([{ status: 'interrupted' }]);
  });

  test.runIf(process.platform === 'linux')(
    'C31: interrupted, when another process has its number',
    async () => {
      record({ process: { ...ownProcess(), start: '1' } }, '');
      expect(await createRunStore({ dir }).list()).toMatchObject([{ status: 'interrupted' }]);
    },
  );

  test('of another machine: running until it said nothing for a day, and why', async () => {
    const elsewhere = { ...ownProcess(), machine: '00000000', host: 'other' };
    const store = createRunStore({ dir });
    record({ process: elsewhere }, '');
    const [run] = await store.list();
    expect(run).toMatchObject({
      status: 'running',
      because: 'its process ran on other, and the last event came 0 min ago',
    });
    const old = headerOf({ process: elsewhere, startedAt: '2020-01-01T00:00:00.000Z' });
    store.record(old).close();
    expect((await store.read(old.runId)).summary.status).toBe('interrupted');
  });

  test('interrupted, when it was cancelled and its process did not wait for it', async () => {
    const header = headerOf();
    const run = createRunStore({ dir }).record(header);
    const end = { result: 'cancellation', durationMs: 1, attempts: 1, nodes: none, abandoned: true };
    run.append(eventOf(header, 1, { type: 'run.finished', ...end }));
    run.close();
    expect(await createRunStore({ dir }).list()).toMatchObject([{ status: 'interrupted' }]);
  });
});

test('a system that tells no ticks: the start of the process decides, else that is said', () => {
  const untold = { ...ownProcess(), start: '0' };
  const startedMs = Date.parse(untold.startedAt);
  expect(stateOf(untold, () => startedMs + 999)).toEqual({ state: 'alive' });
  expect(stateOf(untold, () => startedMs + 60_000)).toEqual({ state: 'dead' });
  expect(stateOf(untold, () => undefined)).toEqual({
    state: 'alive',
    because: `a process of the number ${process.pid} is there; whether it is the same cannot be told`,
  });
});

test('the newest run comes first, ids of the caller among the others; pipelines, states and a limit choose', async () => {
  const at = (day: number) => Date.UTC(2026, 0, day);
  const of = (day: number, more: Partial<RunHeader>) =>
    record({ runId: createRunId(at(day)), startedAt: new Date(at(day)).toISOString(), ...more });
  of(1, {});
  of(3, { pipeline: 'other' });
  of(2, { runId: 'Nightly / 2' });
  of(4, {});
  const store = createRunStore({ dir });
  const days = async (options: Parameters<typeof store.list>[0]) =>
    (await store.list(options)).map(({ startedAt }) => new Date(startedAt).getUTCDate());
  expect(await days({})).toEqual([4, 3, 2, 1]);
  expect(await days({ limit: 2 })).toEqual([4, 3]);
  expect(await days({ pipeline: 'etl', limit: 2 })).toEqual([4, 2]);
  expect(await days({ status: 'failure' })).toEqual([]);
  expect((await store.read('Nightly / 2')).summary.runId).toBe('Nightly / 2');
});

test('no run id names a folder outside of the store', () => {
  for (const runId of ['..', '../up', '/abs', 'a/b', 'a\\b', 'con', '.pruned', 'A', 'x'.repeat(300), '\0'])
    record({ runId });
  expect(readdirSync(root)).toEqual(['.flowerpower']);
  expect(readdirSync(dir).filter((name) => !/^(id-[0-9a-f]{32}|\.gitignore|\.pruned)$/.test(name))).toEqual(
    [],
  );
});

describe('C30: a log with what this version does not know', () => {
  test('a torn last line and unknown types are passed over in silence, later versions and damage are said once', async () => {
    const { runId } = record({}, '');
    const file = join(dir, runId, 'events.ndjson');
    const line = (more: object) =>
      `${JSON.stringify({ v: 1, seq: 9, ts: '2026-01-01T00:00:00Z', ...more })}\n`;
    appendFileSync(file, line({ type: 'node.queued' }));
    appendFileSync(file, line({ type: 'log', v: 2 }) + line({ type: 'log', v: 3 }));
    appendFileSync(file, 'not json\n');
    appendFileSync(file, line({ type: 'node.skipped', node: 'b', attempt: 1, because: 'a' }));
    appendFileSync(file, '{"v":1,"type":"run.fini');
    const { events, warnings, summary } = await createRunStore({ dir }).read(runId);
    expect(events.map(({ type }) => type)).toEqual(['run.started', 'node.started', 'node.skipped']);
    expect(warnings).toEqual([
      '1 line of the log cannot be read and was passed over.',
      '2 lines of the log are of a newer FlowerPower and were passed over.',
    ]);
    expect(summary.nodes).toEqual({ ...none, skipped: 1 });
  });

  test('the last event is found behind lines of any length', async () => {
    const { runId } = record({}, '');
    const file = join(dir, runId, 'events.ndjson');
    const body = {
      durationMs: 1,
      attempts: 1,
      nodes: none,
      error: { name: 'E', message: 'ä'.repeat(100_000) },
    };
    appendFileSync(
      file,
      `${JSON.stringify(eventOf(headerOf({ runId }), 3, { type: 'run.finished', result: 'failure', ...body }))}\n`,
    );
    appendFileSync(file, `${'x'.repeat(20_000)}\n`.repeat(3));
    expect(await createRunStore({ dir }).list()).toMatchObject([{ status: 'failure' }]);
  });

  test('a head that is torn, absent or of a later version is no run', async () => {
    mkdirSync(dir, { recursive: true });
    for (const text of ['', '{"v":1,"runId":"', '{"v":2}', 'null']) {
      const folder = join(dir, createRunId());
      mkdirSync(folder);
      if (text !== '') writeFileSync(join(folder, 'run.json'), text);
    }
    expect(await createRunStore({ dir }).list()).toEqual([]);
  });
});

test('an unknown run is an error, and an absent store is an empty one', async () => {
  const store = createRunStore({ dir });
  expect(await store.list()).toEqual([]);
  await expect(store.read('nope')).rejects.toMatchObject({ code: 'FP_UNKNOWN_RUN' });
  expect(await store.prune()).toEqual({ removed: [], left: 0 });
});

test('a second record of one id is refused, and the first stays', async () => {
  const header = record();
  expect(() => createRunStore({ dir }).record(header)).toThrow(
    expect.objectContaining({ code: 'FP_RUN_RECORDED' }),
  );
  expect(await createRunStore({ dir }).list()).toHaveLength(1);
});

describe('runs that go', () => {
  const day = 24 * 60 * 60 * 1000;
  const aged = (days: number, more: Partial<RunHeader> = {}, result?: string) => {
    const ms = Date.now() - days * day;
    return record({ runId: createRunId(ms), startedAt: new Date(ms).toISOString(), ...more }, result).runId;
  };

  test('the oldest of each pipeline, and what is too old; never one that goes on', async () => {
    const running = aged(50, {}, '');
    const ids = [40, 30, 20, 10].map((days) => aged(days));
    const other = aged(45, { pipeline: 'other' });
    const store = createRunStore({ dir });
    expect(await store.prune({ keep: 2 })).toEqual({ removed: ids.slice(0, 2), left: 4 });
    expect(await store.prune({ maxAgeMs: 15 * day, pipeline: 'etl' })).toEqual({
      removed: [ids[2]],
      left: 3,
    });
    expect(await store.prune({ keep: 0 })).toEqual({ removed: [other, ids[3]], left: 1 });
    expect((await store.list()).map(({ runId }) => runId)).toEqual([running]);
  });

  test('while runs are recorded: with the first of a process when an hour has passed, and then with each hundredth', async () => {
    const store = createRunStore({ dir, keep: 3 });
    const recordWith = () => store.record(headerOf({ process: ended })).close();
    for (let index = 0; index < 100; index++) recordWith();
    expect(await store.list()).toHaveLength(100);
    recordWith();
    expect(await store.list()).toHaveLength(3);
    for (let index = 0; index < 5; index++)
      createRunStore({ dir, keep: 3 })
        .record(headerOf({ process: ended }))
        .close();
    expect(await store.list()).toHaveLength(8);
    rmSync(join(dir, '.pruned'));
    createRunStore({ dir, keep: 3 }).record(headerOf()).close();
    expect(await store.list()).toHaveLength(3);
  });

  test.each([{ keep: 0 }, { keep: 1.5 }, { maxAgeMs: 0 }, { maxAgeMs: Number.NaN }])(
    'limits out of range: %o',
    (limits) => {
      expect(() => createRunStore({ dir, ...limits })).toThrow(
        expect.objectContaining({ code: 'FP_BAD_RUN_STORE' }),
      );
    },
  );
});

describe('a log that is followed', () => {
  test('gives what there is and what comes, to the end of the run', async () => {
    const store = createRunStore({ dir });
    const header = headerOf();
    const run = store.record(header);
    run.append(eventOf(header, 1, { type: 'run.started', outputs: [], planned: ['ä'] }));
    const seen: string[] = [];
    for await (const { type } of store.follow(header.runId)) {
      seen.push(type);
      if (type === 'run.started')
        run.append(eventOf(header, 2, { type: 'node.started', node: 'ä', attempt: 1 }));
      if (type === 'node.started')
        run.append(
          eventOf(header, 3, {
            type: 'run.finished',
            result: 'success',
            durationMs: 1,
            attempts: 1,
            nodes: none,
          }),
        );
    }
    run.close();
    expect(seen).toEqual(['run.started', 'node.started', 'run.finished']);
  });

  test('ends where nobody is left to write it, and when the reader has enough', async () => {
    const store = createRunStore({ dir });
    const dead = record({ process: ended }, '');
    const left: string[] = [];
    for await (const { type } of store.follow(dead.runId)) left.push(type);
    expect(left).toEqual(['run.started', 'node.started']);
    const going = record({}, '');
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const { type } of store.follow(going.runId, stop.signal)) {
      seen.push(type);
      if (seen.length === 2) stop.abort();
    }
    expect(seen).toHaveLength(2);
  });
});

test('git ignores the folder', () => {
  record();
  expect(readFileSync(join(dir, '.gitignore'), 'utf8')).toBe('*\n');
});

test('a torn head is told of, and removed once it is old', async () => {
  const kept = record();
  const torn = record();
  const later = record();
  writeFileSync(join(dir, torn.runId, 'run.json'), '');
  writeFileSync(join(dir, later.runId, 'run.json'), '{"v":2}');
  const store = createRunStore({ dir });
  expect((await store.list()).map(({ runId }) => runId)).toEqual([kept.runId]);
  // Ids of one millisecond have no order.
  expect((await store.unreadable()).map(({ runId }) => runId).sort()).toEqual(
    [later.runId, torn.runId].sort(),
  );
  await expect(store.read(torn.runId)).rejects.toThrow(/cannot be read: it is damaged/);
  await store.prune();
  expect(await store.unreadable()).toHaveLength(2);
  const seconds = Date.now() / 1000 - 7200;
  for (const { runId } of [torn, later]) utimesSync(join(dir, runId, 'run.json'), seconds, seconds);
  await store.prune();
  expect((await store.unreadable()).map(({ runId }) => runId)).toEqual([later.runId]);
});

test.each(['.flowerpower', '.flowerpower/runs'])('%s is a file: an error that says so', async (name) => {
  if (name !== '.flowerpower') mkdirSync(join(root, '.flowerpower'));
  writeFileSync(join(root, name), '');
  const store = createRunStore({ dir });
  for (const ask of [store.list(), store.prune(), store.unreadable()]) {
    await expect(ask).rejects.toMatchObject({
      code: 'FP_BAD_RUN_STORE',
      message: expect.stringContaining(dir) as string,
    });
  }
});

test('a record that cannot be begun leaves no folder', () => {
  const header = { ...headerOf(), pipeline: 1n as unknown as string };
  expect(() => createRunStore({ dir }).record(header)).toThrow(TypeError);
  expect(readdirSync(dir)).toEqual(['.gitignore']);
});
