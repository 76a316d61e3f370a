import fc from 'fast-check';
import { withFaults } from '@flowerpower/fs/testing';
import { describe, expect, test } from 'vitest';
import { failureOf, memoryIo } from '../../__fixtures__/memory-io.js';
import { factsNow } from '../../contract/facts-now.js';
import { parseOptions } from '../../index.js';
import { wholeFacts } from '../../testing/support.js';
import { csvLoader } from './csv-loader.js';

const chunkSizes = [1, 2, 3, 7, Infinity];

async function load(content: string, options: Record<string, unknown> = {}, chunkBytes = Infinity) {
  const { value, metadata } = await memoryIo(chunkBytes).load(csvLoader, content, options);
  return { value, metadata: await wholeFacts(metadata) };
}

/** Loads and expects the same failure whatever the pieces are. */
async function failure(content: string, options: Record<string, unknown> = {}) {
  const all = await Promise.all(chunkSizes.map((size) => failureOf(load(content, options, size))));
  for (const error of all) expect(error.message).toBe(all[0]!.message);
  return all[0]!;
}

describe('reading', () => {
  test('every field is a string, and names and rows are as in the file', async () => {
    const content = 'id,name,note\n007,"Smith, J.",\n1.50,"say ""hi""","two\nlines"\n';
    for (const size of chunkSizes) {
      const { value, metadata } = await load(content, {}, size);
      expect(value).toEqual([
        { id: '007', name: 'Smith, J.', note: '' },
        { id: '1.50', name: 'say "hi"', note: 'two\nlines' },
      ]);
      expect(metadata).toMatchObject({
        rows: 2,
        columns: [
          { name: 'id', type: 'string' },
          { name: 'name', type: 'string' },
          { name: 'note', type: 'string' },
        ],
      });
    }
  });

  test('LF, CRLF and CR end lines, also mixed; blank lines and a byte order mark do not matter', async () => {
    for (const content of [
      'a,b\n1,2\n3,4',
      'a,b\r\n1,2\r\n3,4\r\n',
      'a,b\r1,2\r3,4',
      '\ufeffa,b\r\n\n1,2\n\r\n3,4\n\n\n',
    ]) {
      for (const size of chunkSizes) {
        expect((await load(content, {}, size)).value, JSON.stringify(content)).toEqual([
          { a: '1', b: '2' },
          { a: '3', b: '4' },
        ]);
      }
    }
  });

  test('delimiter, quote, comment and lines in front', async () => {
    const content = "Report\nof 'today\n# note\na;b\n'x;y';1\n#z;9\nno#comment;2\n";
    for (const size of chunkSizes) {
      const { value } = await load(content, { delimiter: ';', quote: "'", comment: '#', skipLines: 2 }, size);
      expect(value).toEqual([
        { a: 'x;y', b: '1' },
        { a: 'no#comment', b: '2' },
      ]);
    }
    expect((await load('a\tb\n"1\t2"\n', { delimiter: '\t', quote: null })).value).toEqual([
      { a: '"1', b: '2"' },
    ]);
    expect((await load('x\r\ny\ra\n1\n', { skipLines: 2 })).value).toEqual([{ a: '1' }]);
    expect((await load('x\n', { skipLines: 5 })).value).toEqual([]);
  });

  test('names can be given for a file without a header, and columns chosen and ordered', async () => {
    expect((await load('1,2,3\n4,5,6\n', { header: ['a', 'b', 'c'], columns: ['c', 'a'] })).value).toEqual([
      { c: '3', a: '1' },
      { c: '6', a: '4' },
    ]);
  });

  test('an empty file, and one with a header only, have no rows', async () => {
    expect(await load('')).toMatchObject({ value: [], metadata: { rows: 0, columns: [] } });
    expect(await load('a,b\n')).toMatchObject({
      value: [],
      metadata: { rows: 0, columns: [{ name: 'a' }, { name: 'b' }] },
    });
  });

  test('a column may be called __proto__', async () => {
    const { value } = await load('__proto__,constructor\nx,y\n');
    const [row] = value as Record<string, unknown>[];
    expect(Object.entries(row!)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });
});

describe('types', () => {
  test('of columns whose names objects inherit hold as well', async () => {
    const names = ['constructor', 'prototype', '__proto__'];
    const types = Object.fromEntries(names.map((name) => [name, 'integer']));
    const { value } = await load(`${names.join(',')}\n1,2,3\n`, { types });
    expect(Object.entries((value as object[])[0]!)).toEqual(names.map((name, at) => [name, at + 1]));
    const bad = { types: Object.fromEntries([['__proto__', 'whole']]) };
    expect(await failure('a\n', bad)).toMatchObject({ code: 'FP_IO_OPTIONS' });
  });

  test('nothing is null where nullValues names nothing: the empty fields of a typed column are errors', async () => {
    const types = { n: 'number', d: 'date', s: 'string' };
    const content = 'n,d,s\n1,2026-01-31,\n,2026-01-31,x\n2,,x\n';
    const error = await failure(content, { types, nullValues: [] });
    expect(error['problems']).toMatchObject([
      {
        code: 'FP_IO_PARSE',
        message: "'file' line 3: the field of the column 'n' is empty, and no number.",
        hint: "Fill it, or list '' in nullValues: then it is null.",
        places: [{ file: 'file', line: 3, column: 1 }],
      },
      {
        message: "'file' line 4: the field of the column 'd' is empty, and no date.",
        places: [{ file: 'file', line: 4, column: 3 }],
      },
    ]);
    expect((await load('s,u\n,\n', { types: { s: 'string' }, nullValues: [] })).value).toEqual([
      { s: '', u: '' },
    ]);
    expect((await load('n\n1\n""\n', { infer: true, nullValues: [] })).value).toEqual([
      { n: '1' },
      { n: '' },
    ]);
  });

  test('the values that nullValues names are null in every column, and no others', async () => {
    const types = { n: 'number' };
    expect((await load('n,s\n,\n-,-\n', { types, nullValues: ['', '-'] })).value).toEqual([
      { n: null, s: null },
      { n: null, s: null },
    ]);
    expect((await load('n,s\n,\n', { types })).value).toEqual([{ n: null, s: '' }]);
    const error = await failure('n,s\n-,\n,-\n', { types, nullValues: ['-'] });
    expect(error.message).toBe("'file' line 3: the field of the column 'n' is empty, and no number.");
  });

  test('declared types convert, and empty or null fields become null', async () => {
    const content =
      'n,i,b,d,s\n+1.50,007,TRUE,2026-01-31,x\n.5e1,-0,0,2026-01-31T12:30:05.25+02:00,NA\n,,,,\nNA,NA,NA,NA,NA\n';
    const types = { n: 'number', i: 'integer', b: 'boolean', d: 'date', s: 'string' };
    const { value, metadata } = await load(content, { types, nullValues: ['NA', ''] });
    expect(value).toEqual([
      { n: 1.5, i: 7, b: true, d: new Date('2026-01-31T00:00:00Z'), s: 'x' },
      { n: 5, i: -0, b: false, d: new Date('2026-01-31T10:30:05.250Z'), s: null },
      { n: null, i: null, b: null, d: null, s: null },
      { n: null, i: null, b: null, d: null, s: null },
    ]);
    expect(metadata?.columns).toEqual(Object.entries(types).map(([name, type]) => ({ name, type })));
  });

  test('a timestamp without offset is UTC on every machine', async () => {
    const { value } = await load('d\n2026-07-01 08:00\n', { types: { d: 'date' } });
    expect(value).toEqual([{ d: new Date('2026-07-01T08:00:00Z') }]);
  });

  test.each([
    ['number', ['1,5', '0x10', 'Infinity', 'NaN', '1e999', ' 1', '1.2.3', '-']],
    ['integer', ['1.0', '9007199254740992', '1e3', 'one']],
    ['boolean', ['yes', '2', 'T']],
    [
      'date',
      [
        '-000000-01-01',
        '+275760-09-13T00:00:00-01:00',
        '31.01.2026',
        '2026-02-30',
        '2026-13-01',
        '2026-01-01T24:00',
        '20260101',
        '2026-1-1',
      ],
    ],
  ])('%s refuses what it cannot hold', async (type, texts) => {
    for (const text of texts) {
      const error = await failure(`a,x\n1,"${text}"\n`, { types: { x: type } });
      expect(error, text).toMatchObject({
        code: 'FP_IO_PARSE',
        places: [{ file: 'file', line: 2, column: 3 }],
      });
      expect(error.message).toContain(JSON.stringify(text));
      expect(error.message).toContain("'x'");
    }
  });

  test('inference takes the type that all values of a column have, and loses nothing', async () => {
    const content = [
      'zip,int,num,exp,bool,mixed,big,long,neg,plus,nil,half',
      '007,1,1.5,1e3,true,1,12345678901234567890,0.1234567890123456789,-0,+1,,1',
      '123,-20,2,2,FALSE,x,1,1,1,1,,',
    ].join('\n');
    const { value, metadata } = await load(content, { infer: true });
    expect((value as unknown[])[0]).toEqual({
      zip: '007',
      int: 1,
      num: 1.5,
      exp: 1000,
      bool: true,
      mixed: '1',
      big: '12345678901234567890',
      long: '0.1234567890123456789',
      neg: '-0',
      plus: '+1',
      nil: '',
      half: 1,
    });
    expect((value as Record<string, unknown>[])[1]).toMatchObject({
      zip: '123',
      int: -20,
      num: 2,
      bool: false,
      half: null,
    });
    expect(metadata?.columns?.map(({ type }) => type)).toEqual([
      'string',
      'integer',
      'number',
      'number',
      'boolean',
      'string',
      'string',
      'string',
      'string',
      'string',
      'string',
      'integer',
    ]);
  });

  test('declared types come before inference', async () => {
    expect((await load('a,b\n1,1\n', { infer: true, types: { b: 'string' } })).value).toEqual([
      { a: 1, b: '1' },
    ]);
  });

  test('in batches inference decides by the first batch, and a later value that does not fit is an error', async () => {
    const { value } = await memoryIo().load(csvLoader, 'a\n1\n2\nx\n', {
      infer: true,
      as: 'batches',
      batchRows: 2,
    });
    const batches = (value as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    expect((await batches.next()).value).toEqual([{ a: 1 }, { a: 2 }]);
    await expect(batches.next()).rejects.toMatchObject({
      code: 'FP_IO_PARSE',
      hint: expect.stringContaining('types: { a: string }'),
      places: [{ line: 4, column: 1 }],
    });
  });

  test.each([
    ['1', '007'],
    ['1', '+7'],
    ['1.5', '.5'],
    ['1', '-0'],
    ['true', '1'],
  ])(
    'in batches no later text becomes what it would not have been inferred to be: %s, then %s',
    async (first, later) => {
      const { value } = await memoryIo().load(csvLoader, `a\n${first}\n${later}\n`, {
        infer: true,
        as: 'batches',
        batchRows: 1,
      });
      const batches = (value as AsyncIterable<unknown>)[Symbol.asyncIterator]();
      expect((await batches.next()).done).toBe(false);
      await expect(batches.next()).rejects.toMatchObject({
        code: 'FP_IO_PARSE',
        places: [{ line: 3, column: 1 }],
      });
    },
  );
});

describe('faults', () => {
  test('a ragged row is named with the place of the first field too many, or of the missing one', async () => {
    const error = await failure('a,b\n"1\n1",2\n3,4,5\n6\n');
    expect(error).toMatchObject({
      code: 'FP_IO_PARSE',
      places: [
        { file: 'file', line: 4, column: 5 },
        { file: 'file', line: 5, column: 2 },
      ],
    });
    expect(error.message).toContain("'file' line 4: the row has 3 fields, the header has 2.");
    expect(error.message).toContain("'file' line 5: the row has 1 field, the header has 2.");
  });

  test('faults of all kinds are reported together, in the order of the file', async () => {
    const error = await failure('a,b\nx,1\n1\n2,y\n"z', { types: { a: 'integer', b: 'integer' } });
    expect(
      (error['problems'] as { places: { line: number }[] }[]).map(({ places }) => places[0]!.line),
    ).toEqual([3, 5]);
    const typed = await failure('a,b\nx,1\n1\n2,y\n', { types: { a: 'integer', b: 'integer' } });
    expect(
      (typed['problems'] as { places: { line: number }[] }[]).map(({ places }) => places[0]!.line),
    ).toEqual([2, 3, 4]);
  });

  test('at most 20 are listed', async () => {
    const error = await failure(`a\n${'x\n'.repeat(50)}`, { types: { a: 'number' } });
    expect(error['problems']).toHaveLength(20);
    expect(error.message).toContain('and perhaps more');
    expect((await failure(`a,b\n${'x\n'.repeat(50)}`))['problems']).toHaveLength(20);
  });

  test('quotes that are not closed, opened late or closed early are named where their field begins', async () => {
    expect(await failure('a,b\n1,2\n3,"4\n5,6\n')).toMatchObject({
      message: "'file' line 3: the quote that opens here is never closed.",
      places: [{ line: 3, column: 3 }],
      cause: { code: 'CSV_QUOTE_NOT_CLOSED' },
    });
    expect(await failure('a,b\n1,x"y"\n')).toMatchObject({ places: [{ line: 2, column: 3 }] });
    expect(await failure('a,b\n1,"x"y\n')).toMatchObject({ places: [{ line: 2, column: 3 }] });
  });

  test('places count skipped lines, comments and blank lines', async () => {
    const error = await failure('head "\nmore\n#c\na,b\n\n# , "\n1,2\n1\n', { skipLines: 2, comment: '#' });
    expect(error).toMatchObject({ places: [{ line: 8, column: 2 }] });
  });

  test('columns repeated in the header, and names that the file does not have, are reported together', async () => {
    const error = await failure('a,b,a,total\n', {
      types: { totl: 'number', b: 'number' },
      columns: ['a', 'x'],
    });
    expect(error).toMatchObject({ code: 'FP_IO_COLUMNS' });
    expect((error['problems'] as { message: string; hint: string }[]).map(({ message }) => message)).toEqual([
      "The header of 'file' has the column 'a' more than once.",
      "'file' has no column 'x', which 'columns' names.",
      "'file' has no column 'totl', which 'types' names.",
      "'types' names the column 'b', which 'columns' leaves out.",
    ]);
    expect((error['problems'] as { hint: string }[])[2]!.hint).toBe("Did you mean 'total'?");
  });

  test('bytes that are not UTF-8 are named with their line', async () => {
    const content = Buffer.concat([Buffer.from('a\n1\n'), Buffer.from([0x32, 0xff, 0x0a])]);
    for (const size of chunkSizes) {
      expect(await failureOf(memoryIo(size).load(csvLoader, content))).toMatchObject({
        code: 'FP_IO_ENCODING',
        places: [{ file: 'file', line: 3 }],
      });
    }
  });

  test('options that contradict each other are refused', async () => {
    await expect(load('a\n', { delimiter: '"' })).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
    await expect(load('a\n', { delimiter: '||' })).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
    await expect(load('a\n', { columns: ['a', 'a'] })).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
    await expect(load('a\n', { types: { a: 'int' } })).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
  });
});

describe('batches', () => {
  test('hold at most batchRows rows, and the metadata follows the last', async () => {
    const { value, metadata } = await memoryIo(5).load(csvLoader, `a\n${'1\n'.repeat(7)}`, {
      as: 'batches',
      batchRows: 3,
    });
    const sizes: number[] = [];
    for await (const batch of value as AsyncIterable<unknown[]>) sizes.push(batch.length);
    expect(sizes).toEqual([3, 3, 1]);
    expect(factsNow(metadata)).toMatchObject({ rows: 7, bytes: 16 });
  });

  test('read no further than they must', async () => {
    const io = memoryIo(1000);
    const watched = withFaults(io.fs);
    await io.fs.write('file', `a\n${'1\n'.repeat(500_000)}`);
    const options = parseOptions(csvLoader, { path: 'file', as: 'batches', batchRows: 100 });
    const context = { resolve: (path: string) => ({ fs: watched.fs, path }) };
    const { value } = await csvLoader.load(options, context);
    for await (const batch of value as AsyncIterable<unknown[]>) {
      expect(batch).toHaveLength(100);
      break;
    }
    expect(watched.openHandles).toBe(0);
    // Of 1,000 pieces the stream fetched those that its buffer of 64 KiB holds.
    expect(watched.calls.length).toBeLessThan(100);
  });

  test('are read once', async () => {
    const { value } = await memoryIo().load(csvLoader, 'a\n1\n', { as: 'batches' });
    for await (const _batch of value as AsyncIterable<unknown>);
    expect(() => (value as AsyncIterable<unknown>)[Symbol.asyncIterator]()).toThrow(
      expect.objectContaining({ code: 'FP_IO_CONSUMED' }),
    );
  });

  test('tell before, during and after how far they were read; a fault ends them too', async () => {
    const left = await memoryIo().load(csvLoader, 'a\n1\n2\n', { as: 'batches', batchRows: 1 });
    const facts = { uri: 'memory:///file', format: 'csv' };
    expect(factsNow(left.metadata)).toEqual({ ...facts, state: 'waiting', rows: 0 });
    for await (const _batch of left.value as AsyncIterable<unknown>) {
      expect(factsNow(left.metadata)).toEqual({ ...facts, state: 'reading', rows: 1 });
      break;
    }
    expect(factsNow(left.metadata)).toEqual({ ...facts, state: 'stopped', rows: 1 });
    expect(await wholeFacts(left.metadata)).toBeUndefined();
    const broken = await memoryIo().load(csvLoader, 'a\n1,2\n', { as: 'batches' });
    await expect((broken.value as AsyncIterable<unknown>)[Symbol.asyncIterator]().next()).rejects.toThrow();
    expect(factsNow(broken.metadata)).toEqual({ ...facts, state: 'failed', rows: 0 });
    expect(await wholeFacts(broken.metadata)).toBeUndefined();
  });

  test('come from the version that was there at the load', async () => {
    const io = memoryIo();
    const { value } = await io.load(csvLoader, 'a\n1\n', { as: 'batches' });
    await io.fs.write('file', 'a\n2\n');
    await expect((value as AsyncIterable<unknown>)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      reason: 'PreconditionFailed',
    });
  });
});

test.each(['0x10', '0o7', '1e400', '1.5'])('%s is no integer, and loses no digits', async (field) => {
  const error = await failureOf(memoryIo().load(csvLoader, `x\n${field}\n`, { types: { x: 'integer' } }));
  expect(error).toMatchObject({
    message: `'file' line 2: "${field}" in the column 'x' is not an integer.`,
    hint: 'An integer is a whole number between -(2^53-1) and 2^53-1. List words for missing values in nullValues.',
  });
});

test('digits lost: a whole number that a number column would round is an error; bigint keeps it', async () => {
  const text = 'x,y\n1,1\n12345678901234567890,2\n-9007199254740993,3\n';
  for (const type of ['number', 'integer']) {
    const error = await failureOf(memoryIo().load(csvLoader, text, { types: { x: type } }));
    expect((error['problems'] as { message: string }[]).map(({ message }) => message)).toEqual([
      `'file' line 3: "12345678901234567890" in the column 'x' would lose digits as ${type === 'integer' ? 'an' : 'a'} ${type}.`,
      `'file' line 4: "-9007199254740993" in the column 'x' would lose digits as ${type === 'integer' ? 'an' : 'a'} ${type}.`,
    ]);
    expect((error['problems'] as object[])[0]).toMatchObject({
      code: 'FP_IO_PARSE',
      hint: 'Declare types: { x: bigint }, or string.',
      places: [{ file: 'file', line: 3, column: 1 }],
    });
  }
  const { value, metadata } = await memoryIo().load(csvLoader, text, { types: { x: 'bigint', y: 'number' } });
  expect(value).toEqual([
    { x: 1n, y: 1 },
    { x: 12345678901234567890n, y: 2 },
    { x: -9007199254740993n, y: 3 },
  ]);
  expect(metadata).toMatchObject({ columns: [{ type: 'bigint' }, { type: 'number' }] });
});

test('whatever a number column lets through has the digits of its text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), async (number) => {
      const load = memoryIo().load(csvLoader, `x\n${number}\n`, { types: { x: 'number' } });
      const read = await load.then(
        ({ value }) => (value as { x: number }[])[0]!.x,
        () => undefined,
      );
      if (read === undefined) expect(BigInt(Number(number))).not.toBe(number);
      else expect([String(read), String(BigInt(read))]).toContain(String(number));
    }),
  );
});
