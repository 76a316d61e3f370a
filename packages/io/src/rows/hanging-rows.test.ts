/** Rows whose generator never answers when it is closed, or never gives the next one. */
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { csvSaver } from '../formats/csv/csv-saver.js';
import { jsonlSaver } from '../formats/jsonl/jsonl-saver.js';

const rows = (close: () => Promise<void>, next = async () => {}) =>
  (async function* () {
    try {
      yield { a: 1 };
      yield { a: 2, b: { c: Number.NaN } };
      await next();
      for (;;) yield { a: 3 };
    } finally {
      await close();
    }
  })();

const hang = () => new Promise<void>(() => {});

async function saved(saving: Promise<unknown>): Promise<unknown> {
  let isOver = false;
  const end = saving.catch((error: unknown) => error).finally(() => (isOver = true));
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(1000);
    expect(isOver).toBe(true);
  }, 60_000);
  return end;
}

test.each([
  ['csv', 'a.csv', csvSaver],
  ['csv, compressed', 'a.csv.gz', csvSaver],
  ['jsonl', 'a.jsonl', jsonlSaver],
  ['jsonl, compressed', 'a.jsonl.gz', jsonlSaver],
])('%s: an async generator whose return() hangs does not hold up the report', async (_, path, saver) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const fs = createMemoryFileSystem();
  const save = saver.save as (value: unknown, options: unknown, context: object) => Promise<unknown>;
  const given = { path, delimiter: ',', escapeFormulas: false, columns: undefined };
  const saving = save(rows(hang), given, { resolve: (to: string) => ({ fs, path: to }) });
  expect(await saved(saving)).toMatchObject({ code: 'FP_IO_VALUE' });
  expect(await fs.exists(path)).toBe(false);
});

test('a disk that is full does not wait for a row that never comes', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const memory = createMemoryFileSystem();
  const full: Pick<FileSystem, 'openWrite' | 'uri'> = {
    uri: (path) => memory.uri(path),
    openWrite: async (path) => {
      const writer = await memory.openWrite(path);
      const write = () => Promise.reject(new Error('disk full'));
      return Object.assign(Object.create(writer) as typeof writer, { write, abort: () => writer.abort() });
    },
  };
  async function* endless() {
    // Enough for the compressor to give something before it waits.
    for (let row = 0; row < 50_000; row++) yield { a: Math.random() };
    await hang();
  }
  const saving = jsonlSaver.save(
    endless(),
    { path: 'a.jsonl.gz' },
    { resolve: () => ({ fs: full as FileSystem, path: 'a.jsonl.gz' }) },
  );
  expect(await saved(saving)).toMatchObject({ message: 'disk full' });
});
