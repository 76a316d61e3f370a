import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf, memoryIo } from '../../__fixtures__/memory-io.js';
import { yamlLoader } from './yaml-loader.js';
import { yamlSaver } from './yaml-saver.js';

describe('loading', () => {
  test('YAML 1.2 core: yes is a text, dates are texts, aliases are followed, an empty file is null', async () => {
    const load = async (content: string) => (await memoryIo(3).load(yamlLoader, content)).value;
    expect(await load('a: yes\nb: 2026-01-31\nc: &x [1]\nd: *x\n')).toEqual({
      a: 'yes',
      b: '2026-01-31',
      c: [1],
      d: [1],
    });
    expect(await load('')).toBeNull();
    const value = await load('__proto__: {admin: true}\n');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test.each([
    ['a: 1\nb: [1, 2\nc: 3\n', 2],
    ['a: 1\na: 2\n', 2],
    ['a: 1\nb: !custom 2\n', 2],
    ['a: !!binary aGVsbG8=\n', 1],
    ['a: 1\n---\nb: 2\n', 2],
    ['a: *nowhere\n', 1],
    ['a: "x\n', 2],
  ])('%j is refused at line %i', async (content, line) => {
    const error = await failureOf(memoryIo().load(yamlLoader, content));
    expect(error).toMatchObject({ code: 'FP_IO_PARSE' });
    expect((error['places'] as { line: number }[]).map((place) => place.line)).toContain(line);
  });

  test('all faults are reported together', async () => {
    const error = await failureOf(memoryIo().load(yamlLoader, 'a: 1\na: 2\nb: !x 1\nc: !y 2\n'));
    expect(error['problems']).toHaveLength(3);
  });

  test('aliases that would expand into gigabytes are refused', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    );
    expect(await failureOf(memoryIo().load(yamlLoader, `l0: &l0 [x]\n${levels.join('\n')}\n`))).toMatchObject(
      {
        code: 'FP_IO_PARSE',
        message: expect.stringContaining('1000000 values'),
      },
    );
  });
});

describe('a data file is guarded as configuration is', () => {
  test.each([
    ['[', 1000],
    ['{a: ', 1000],
    ['- ', 1000],
    ['? ', 1000],
    ['[', 100_000],
    ['- ', 100_000],
  ])('%j nested %i deep', async (level, times) => {
    expect(await failureOf(memoryIo().load(yamlLoader, level.repeat(times)))).toMatchObject({
      code: 'FP_IO_PARSE',
      message: "'file' line 1: the YAML text nests deeper than 100 levels, so it was not parsed.",
      places: [{ file: 'file', line: 1 }],
    });
  });

  test('as deep as it is read, it is written', async () => {
    const nested = (levels: number) => {
      let value: unknown = 1;
      for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value };
      return value;
    };
    const io = memoryIo();
    const text = await io.save(yamlSaver, nested(100));
    expect((await io.load(yamlLoader, text)).value).toEqual(nested(100));
    const error = await failureOf(io.save(yamlSaver, nested(101)));
    expect(error).toMatchObject({ code: 'FP_IO_VALUE' });
    expect(error.message).toMatch(
      /^The value for 'file' cannot be saved: \$.* is nested deeper than 100 levels\.$/,
    );
  });

  test('100,000 keys and 10,000 aliases are not an attack', async () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(Object.keys((await memoryIo().load(yamlLoader, keys)).value as object)).toHaveLength(100_000);
    const aliases = `a: &a {x: 1}\nb: [${Array(10_000).fill('*a').join(', ')}]`;
    const { value } = await memoryIo().load(yamlLoader, aliases);
    expect((value as { b: unknown[] }).b).toHaveLength(10_000);
  });

  test('keys: texts of any length, __proto__ among them; neither twice nor lists', async () => {
    const long = 'k'.repeat(1_000_000);
    const { value } = await memoryIo().load(yamlLoader, `? "${long}"\n: 1\n__proto__: {a: 1}\n1: x\n~: y\n`);
    expect(Object.keys(value as object)).toEqual(['1', long, '__proto__', '']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    const error = await failureOf(memoryIo().load(yamlLoader, '1: a\n"1": b\n? [x]\n: c\n'));
    expect((error['problems'] as { message: string }[]).map(({ message }) => message)).toEqual([
      "'file' line 2: the key '1' is given twice.",
      "'file' line 3: a list or a map stands as a key.",
    ]);
  });
});

test('digits are not lost: largeIntegers says what becomes of a whole number beyond 2^53', async () => {
  const text = 'id: 12345678901234567890\nhex: 0xFFFFFFFFFFFFFFFF\nsmall: 1\n';
  const error = await failureOf(memoryIo().load(yamlLoader, text));
  expect(error['problems'] as object[]).toMatchObject([
    { places: [{ line: 1, column: 5 }], hint: expect.stringContaining('bigint') as string },
    { places: [{ line: 2, column: 6 }] },
  ]);
  const load = async (largeIntegers: string) =>
    (await memoryIo().load(yamlLoader, text, { largeIntegers })).value;
  expect(await load('bigint')).toEqual({ id: 12345678901234567890n, hex: 2n ** 64n - 1n, small: 1 });
  expect(await load('string')).toEqual({ id: '12345678901234567890', hex: '0xFFFFFFFFFFFFFFFF', small: 1 });
});

test('a long text stays on its line, and a repeated object is written twice', async () => {
  const shared = { x: 1 };
  const text = await memoryIo().save(yamlSaver, {
    long: 'word '.repeat(50).trim(),
    a: shared,
    b: shared,
    d: new Date(0),
  });
  expect(text).toBe(
    `long: ${'word '.repeat(50).trim()}\na:\n  x: 1\nb:\n  x: 1\nd: 1970-01-01T00:00:00.000Z\n`,
  );
});

test('any JSON value comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      const io = memoryIo();
      const text = await io.save(yamlSaver, plain);
      expect((await io.load(yamlLoader, text)).value).toEqual(plain);
    }),
  );
});
