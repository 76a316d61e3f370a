import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf, memoryIo } from '../__fixtures__/memory-io.js';
import { csvLoader } from '../formats/csv/csv-loader.js';
import { jsonLoader } from '../formats/json/json-loader.js';
import { textLoader } from '../formats/text/text.js';

const sizes = [1, 2, 3, Infinity];
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('an encoding that is asked for', () => {
  test.each([
    ['windows-1252', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0x80]), 'café €'],
    ['latin1', Buffer.from([0xe9]), 'é'],
    ['UTF8', Buffer.from('é'), 'é'],
    ['iso-8859-15', Buffer.from([0xa4]), '€'],
    ['utf-16le', Buffer.from('\ufeffé😀', 'utf16le'), 'é😀'],
    ['utf-16le', Buffer.from('é😀', 'utf16le'), 'é😀'],
    ['utf-16be', utf16be('\ufeffé😀'), 'é😀'],
    ['shift_jis', Buffer.from([0x93, 0xfa, 0x96, 0x7b]), '日本'],
  ])('%s is read, whatever the pieces', async (encoding, content, text) => {
    for (const size of sizes) {
      const { value, metadata } = await memoryIo(size).load(textLoader, content, { encoding });
      expect(value).toBe(text);
      expect(metadata).toMatchObject({ bytes: content.byteLength });
    }
  });

  test('any text comes back from UTF-16, in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.startsWith('\ufeff')),
        fc.constantFrom(...sizes),
        async (text, size) => {
          for (const [encoding, content] of [
            ['utf-16le', Buffer.from(text, 'utf16le')],
            ['utf-16be', utf16be(text)],
          ] as const) {
            expect((await memoryIo(size).load(textLoader, content, { encoding })).value).toBe(text);
          }
        },
      ),
    );
  });

  test('counts for headers, rows and the places of faults', async () => {
    const content = Buffer.from('größe,x\r\n"a;\n",1\r\nb,no\r\n', 'latin1');
    const options = { encoding: 'windows-1252', types: { x: 'integer' } };
    for (const size of sizes) {
      expect(await failureOf(memoryIo(size).load(csvLoader, content, options))).toMatchObject({
        code: 'FP_IO_PARSE',
        places: [{ line: 4, column: 3 }],
      });
    }
    const { value } = await memoryIo().load(csvLoader, content, { encoding: 'windows-1252' });
    expect(value).toEqual([
      { größe: 'a;\n', x: '1' },
      { größe: 'b', x: 'no' },
    ]);
  });

  test('bytes that it does not have are an error with their line', async () => {
    for (const size of sizes) {
      const odd = Buffer.from('a\nb\nc', 'utf16le').subarray(0, -1);
      expect(await failureOf(memoryIo(size).load(textLoader, odd, { encoding: 'utf-16le' }))).toMatchObject({
        code: 'FP_IO_ENCODING',
        places: [{ line: 3 }],
      });
    }
  });

  test('that nobody knows is refused by the options', async () => {
    expect(await failureOf(memoryIo().load(textLoader, 'a', { encoding: 'latin-7' }))).toMatchObject({
      code: 'FP_IO_OPTIONS',
      message: expect.stringContaining('must be a name of the Encoding Standard') as unknown,
    });
  });
});

describe('a byte order mark of another encoding', () => {
  test.each([
    ['utf-16le', undefined, Buffer.from('\ufeffa', 'utf16le')],
    ['utf-16be', 'utf-16le', utf16be('\ufeffab')],
    ['utf-16le', 'windows-1252', Buffer.from('\ufeff', 'utf16le')],
    ['utf-8', 'windows-1252', Buffer.from('\ufeffa')],
  ])('%s is named instead of read as %s', async (marked, encoding, content) => {
    for (const size of sizes) {
      const options = encoding === undefined ? {} : { encoding };
      expect(await failureOf(memoryIo(size).load(textLoader, content, options))).toMatchObject({
        code: 'FP_IO_ENCODING',
        message: `'file' begins with the byte order mark of ${marked}, and was to be read as ${encoding ?? 'utf-8'}.`,
        hint: expect.stringContaining(`Set encoding: ${marked}`) as unknown,
      });
    }
  });

  test('is named for a format that is always UTF-8', async () => {
    expect(await failureOf(memoryIo().load(jsonLoader, Buffer.from('\ufeff{}', 'utf16le')))).toMatchObject({
      code: 'FP_IO_ENCODING',
      hint: 'Set encoding: utf-16le, where the format takes it, or convert the file to UTF-8.',
    });
  });
});
