import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf, memoryIo } from '../../__fixtures__/memory-io.js';
import { parseOptions } from '../../contract/parse-options.js';
import { jsonlLoader } from './jsonl-loader.js';
import { jsonlSaver } from './jsonl-saver.js';

const chunkSizes = [1, 2, 3, 10, Infinity];

describe('loading', () => {
  test('LF, CRLF, blank lines, a byte order mark and a last line without end', async () => {
    const content = '\ufeff{"a":1}\r\n\n  \n{"a":"é😀"}\n\r\n{"a":3}';
    for (const size of chunkSizes) {
      const { value, metadata } = await memoryIo(size).load(jsonlLoader, content);
      expect(value).toEqual([{ a: 1 }, { a: 'é😀' }, { a: 3 }]);
      expect(metadata).toMatchObject({ rows: 3, format: 'jsonl' });
    }
    expect((await memoryIo().load(jsonlLoader, '')).value).toEqual([]);
  });

  test('a fault is named with its line and column', async () => {
    for (const size of chunkSizes) {
      const load = (content: string) => failureOf(memoryIo(size).load(jsonlLoader, content));
      expect(await load('{"a":1}\r\n\n{"a":x}\n{')).toMatchObject({
        code: 'FP_IO_PARSE',
        places: [{ file: 'file', line: 3, column: 6 }],
      });
      expect(await load('{"a":1}\n{"a":2')).toMatchObject({ places: [{ line: 2, column: 7 }] });
      expect(await load('{"a":1}\n[2]\n')).toMatchObject({
        message: "'file' line 2 is an array, not an object.",
        places: [{ line: 2, column: 1 }],
      });
    }
  });

  test('a long line in many pieces takes linear time', async () => {
    const content = `${JSON.stringify({ a: 'x'.repeat(2_000_000) })}\n`;
    const { value } = await memoryIo(64).load(jsonlLoader, content);
    expect((value as { a: string }[])[0]!.a).toHaveLength(2_000_000);
  });

  test('batches deliver rows before the file ends', async () => {
    const { value } = await memoryIo(8).load(jsonlLoader, '{"a":1}\n{"a":2}\nbroken\n', {
      as: 'batches',
      batchRows: 1,
    });
    const batches = (value as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    expect((await batches.next()).value).toEqual([{ a: 1 }]);
    expect((await batches.next()).value).toEqual([{ a: 2 }]);
    await expect(batches.next()).rejects.toMatchObject({ places: [{ line: 3, column: 1 }] });
  });
});

test('a value that JSON would drop is refused, naming row and path', async () => {
  expect(await failureOf(memoryIo().save(jsonlSaver, [{ a: 1 }, { a: { b: undefined } }]))).toMatchObject({
    code: 'FP_IO_VALUE',
    message: "Row 2 for 'file' cannot be saved: $.a.b is undefined.",
  });
});

test('any rows come back as they were, whatever the pieces and compression', async () => {
  // Small rows: in pieces of one byte a large one takes thousands of turns, and half a minute beside other tests.
  const cell = fc.jsonValue({ noUnicodeString: false, maxDepth: 2 });
  const row = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 5 }), cell, {
    noNullPrototype: true,
    maxKeys: 4,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 4 }),
      fc.constantFrom(...chunkSizes),
      fc.boolean(),
      async (rows, size, gzip) => {
        const io = memoryIo(size);
        const compression = gzip ? 'gzip' : 'none';
        await jsonlSaver.save(rows, { path: 'file', compression }, io.context);
        const options = parseOptions(jsonlLoader, { path: 'file', compression });
        const { value } = await jsonlLoader.load(options, io.context);
        expect(value).toEqual(rows.map((item) => JSON.parse(JSON.stringify(item)) as unknown));
      },
    ),
  );
});
