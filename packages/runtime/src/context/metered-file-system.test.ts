/** The time that nodes wait for filesystems is told apart from the time they compute. */
import { Readable } from 'node:stream';
import type { FileSystem } from '@flowerpower/fs';
import { fileSystemOf } from '@flowerpower/io';
import type { NodeContext } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { pipeline, setUp } from '../__fixtures__/set-up.js';
import { createVirtualClock } from '../__fixtures__/virtual-clock.js';
import { createIoMeter } from './io-meter.js';

/** A filesystem whose every operation takes 100 ms of the clock. */
function slowDown(fs: FileSystem, clock: { schedule(ms: number, callback: () => void): unknown }): void {
  const wait = () => new Promise<void>((resolve) => clock.schedule(100, resolve));
  const { read, write, openWrite } = fs;
  Object.assign(fs, {
    sub: () => fs,
    read: async (...given: Parameters<typeof read>) => (await wait(), read.apply(fs, given)),
    write: async (...given: Parameters<typeof write>) => (await wait(), write.apply(fs, given)),
    openWrite: async (...given: Parameters<typeof openWrite>) => (await wait(), openWrite.apply(fs, given)),
    createReadStream: async () => (
      await wait(),
      Readable.from(
        (async function* () {
          await wait();
          yield Buffer.from('a\n1\n');
        })(),
      )
    ),
  });
}

async function run(nodes: (clock: ReturnType<typeof createVirtualClock>) => object, more = {}) {
  const { clock, runner, events, fs } = await setUp({ files: { 'rows.csv': 'a\n1\n' } });
  slowDown(fs, clock);
  await clock.until(runner.run(pipeline(nodes(clock), more)));
  const ended = events.flatMap((event) =>
    event.type === 'node.succeeded' ? [[event.node, Math.round(event.durationMs), event.ioMs] as const] : [],
  );
  return Object.fromEntries(ended.map(([node, durationMs, ioMs]) => [node, { durationMs, ioMs }]));
}

const compute = (clock: ReturnType<typeof createVirtualClock>, ms: number) =>
  new Promise<void>((resolve) => clock.schedule(ms, resolve));

test('a node that reads, computes and writes', async () => {
  const found = await run((clock) => ({
    mixed: async (ctx: NodeContext) => {
      const fs = fileSystemOf(ctx, 'project');
      await fs.write('a.txt', 'x');
      await compute(clock, 50);
      // Two at once are one wait.
      await Promise.all([fs.read('a.txt'), fs.read('a.txt')]);
      return 1;
    },
    pure: () => compute(clock, 30),
  }));
  expect(found).toEqual({
    mixed: { durationMs: 250, ioMs: 200 },
    pure: { durationMs: 30, ioMs: undefined },
  });
});

test('loaders and savers of io, and a node that reads a stream in its own time', async () => {
  const found = await run(
    (clock) => ({
      total: async ({ rows }: { rows: AsyncIterable<{ a: number }[]> }) => {
        let sum = 0;
        for await (const batch of rows) {
          await compute(clock, 70);
          sum += batch.length;
        }
        return sum;
      },
    }),
    {
      load: { rows: { type: 'csv', path: 'rows.csv', as: 'batches' } },
      save: { total: { type: 'json', path: 'total.json' } },
    },
  );
  expect(found['total']).toEqual({ durationMs: 270, ioMs: 200 });
  expect(found['save.total']!.ioMs).toBeGreaterThanOrEqual(100);
});

test('the time in which a node makes what it writes is its own', async () => {
  const found = await run((clock) => ({
    written: async (ctx: NodeContext) => {
      async function* pieces() {
        await compute(clock, 500);
        yield 'x';
      }
      await fileSystemOf(ctx, 'project').write('a.txt', pieces());
    },
  }));
  expect(found['written']).toEqual({ durationMs: 600, ioMs: 100 });
});

test('what overlaps counts once', () => {
  let nowMs = 0;
  const meter = createIoMeter(() => nowMs);
  meter.begin();
  nowMs = 10;
  meter.begin();
  nowMs = 15;
  expect(meter.totalMs()).toBe(15);
  meter.end();
  nowMs = 20;
  meter.end();
  nowMs = 100;
  expect(meter.totalMs()).toBe(20);
});
