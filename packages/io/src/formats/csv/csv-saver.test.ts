import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf, memoryIo } from '../../__fixtures__/memory-io.js';
import { parseOptions } from '../../index.js';
import { csvLoader } from './csv-loader.js';
import { csvSaver } from './csv-saver.js';

const save = (value: unknown, options: Record<string, unknown> = {}) =>
  memoryIo().save(csvSaver, value, options);

describe('writing', () => {
  test('cells of every kind', async () => {
    const row = {
      s: 'x,y',
      q: 'say "hi"',
      n: -1.5,
      i: 10n,
      b: false,
      d: new Date(0),
      nil: null,
      undef: undefined,
      nl: 'a\rb',
    };
    expect(await save([row])).toBe(
      's,q,n,i,b,d,nil,undef,nl\n"x,y","say ""hi""",-1.5,10,false,1970-01-01T00:00:00.000Z,,,"a\rb"\n',
    );
  });

  test('the metadata tells rows and types', async () => {
    const io = memoryIo();
    const rows = [
      { a: 1, b: 'x', c: null, d: new Date(0), e: 1 },
      { a: null, b: 'y', c: null, d: null, e: 'x' },
    ];
    const metadata = await csvSaver.save(rows, parseOptions(csvSaver, { path: 'x' }), io.context);
    expect(metadata).toMatchObject({ format: 'csv', rows: 2 });
    expect(metadata.columns?.map(({ type }) => type)).toEqual(['number', 'string', 'null', 'date', 'mixed']);
  });

  test('keys missing in a later row are empty; columns choose and order', async () => {
    expect(await save([{ a: 1, b: 2 }, { b: 3 }])).toBe('a,b\n1,2\n,3\n');
    expect(await save([{ a: 1, b: 2, c: 3 }], { columns: ['c', 'a'], delimiter: ';' })).toBe('c;a\n3;1\n');
  });

  test('no rows give an empty file, or the header alone', async () => {
    expect(await save([])).toBe('');
    expect(await save([[]])).toBe('');
    expect(await save([], { columns: ['a', 'b'] })).toBe('a,b\n');
  });

  test('formulas are written as they are, or made harmless', async () => {
    const rows = [{ a: '=1+1', b: -1, c: '-x', d: '@x' }];
    expect(await save(rows)).toBe('a,b,c,d\n=1+1,-1,-x,@x\n');
    expect(await save(rows, { escapeFormulas: true })).toBe("a,b,c,d\n'=1+1,-1,'-x,'@x\n");
  });
});

describe('refusing', () => {
  test('a key that the first row does not have, naming every such row', async () => {
    const error = await failureOf(save([{ total: 1 }, { totl: 2 }, { total: 3, x: 4 }]));
    expect(error).toMatchObject({
      code: 'FP_IO_VALUE',
      problems: [
        {
          message: "Row 2 for 'file' has the key 'totl', which the first row does not have.",
          hint: "Did you mean 'total'?",
        },
        { message: "Row 3 for 'file' has the key 'x', which the first row does not have." },
      ],
    });
  });

  test('values that a field cannot hold', async () => {
    for (const value of [
      Number.NaN,
      Infinity,
      new Date('x'),
      {},
      [1],
      new Uint8Array(1),
      Symbol('s'),
      () => 1,
    ]) {
      const error = await failureOf(save([{ ok: 1, bad: value }]));
      expect(error).toMatchObject({
        code: 'FP_IO_VALUE',
        message: expect.stringMatching(/^Row 1 .* in the column 'bad'/),
      });
    }
  });

  test('a column that no row has, and more than 20 faults at a time', async () => {
    expect(await failureOf(save([{ region: 1 }], { columns: ['regoin'] }))).toMatchObject({
      code: 'FP_IO_VALUE',
      hint: "Did you mean 'region'?",
    });
    expect(
      (await failureOf(save(Array.from({ length: 50 }, () => ({ a: Number.NaN })))))['problems'],
    ).toHaveLength(20);
  });
});

describe('laws', () => {
  const name = fc.string({ unit: 'grapheme' });
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', '"', '""', ',', '\n', '\r', '\r\n', '\ufeff', ' x ', "'", 'a"b,c\nd', '#', '=1'),
  );
  const table = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).chain((columns) =>
    fc
      .array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
        minLength: 1,
        maxLength: 12,
      })
      .map((cells) =>
        cells.map((values) => Object.fromEntries(columns.map((column, index) => [column, values[index]!]))),
      ),
  );

  test('rows of any texts come back as they were, whatever the delimiter, pieces and compression', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('x.csv', 'x.csv.gz'),
        fc.constantFrom(1, 2, 5, Infinity),
        async (rows, delimiter, path, chunkBytes) => {
          const io = memoryIo(chunkBytes);
          await csvSaver.save(rows, parseOptions(csvSaver, { path, delimiter }), io.context);
          const { value } = await csvLoader.load(parseOptions(csvLoader, { path, delimiter }), io.context);
          expect(value).toEqual(rows);
        },
      ),
    );
  });

  test('numbers, booleans and dates come back through declared types', async () => {
    const row = fc.record({
      n: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
        fc.constant(null),
      ),
      i: fc.maxSafeInteger(),
      b: fc.boolean(),
      d: fc.date({
        min: new Date('0000-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59.999Z'),
        noInvalidDate: true,
      }),
    });
    const types = { n: 'number', i: 'integer', b: 'boolean', d: 'date' };
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1 }), async (rows) => {
        const io = memoryIo();
        await io.save(csvSaver, rows);
        const { value } = await csvLoader.load(parseOptions(csvLoader, { path: 'file', types }), io.context);
        expect(value).toEqual(rows);
      }),
    );
  });

  test('inference never changes a text that it converts', async () => {
    const text = fc.oneof(
      fc.constantFrom(
        '007',
        '1e3',
        '-0',
        '1.50',
        'true',
        '12345678901234567',
        '0.1',
        '-5',
        '1e400',
        '00.1',
        '0e0',
      ),
      fc.double().map(String),
      fc.bigInt().map(String),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (texts) => {
        const { value } = await memoryIo().load(
          csvLoader,
          `a\n${texts.map((item) => `"${item}"\n`).join('')}`,
          { infer: true },
        );
        for (const [index, row] of (value as { a: unknown }[]).entries()) {
          const source = texts[index]!;
          if (typeof row.a === 'number')
            expect(sameNumber(source, row.a), `${source} became ${row.a}`).toBe(true);
          else expect(typeof row.a === 'boolean' ? String(row.a) : row.a).toBe(source);
        }
      }),
    );
  });
});

/** True when the two name the same decimal number exactly. */
function sameNumber(text: string, value: number): boolean {
  const digitsOf = (source: string) => {
    const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
    const [whole = '', fraction = ''] = mantissa.split('.');
    const all = `${whole}${fraction}`;
    const sign = all.startsWith('-') ? '-' : '';
    const digits = all.replace('-', '').replace(/^0+/, '');
    const trimmed = digits.replace(/0+$/, '');
    return `${sign}${trimmed}e${trimmed === '' ? 0 : Number(exponent) - fraction.length + digits.length - trimmed.length}`;
  };
  return digitsOf(text) === digitsOf(String(value)) && !/^-?0\d/.test(text);
}
