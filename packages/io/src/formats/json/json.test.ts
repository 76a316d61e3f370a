import type { Problem } from '@flowerpower/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf, memoryIo } from '../../__fixtures__/memory-io.js';
import { findFaults } from '../../values/check-plain-data.js';
import { findJsonFault } from './find-json-fault.js';
import { jsonLoader } from './json-loader.js';
import { jsonSaver } from './json-saver.js';

describe('loading', () => {
  test.each([
    ['{"a": 1,}', 1, 9],
    ['{"a": 1 "b": 2}', 1, 9],
    ['{a: 1}', 1, 2],
    ['[1, 2', 1, 6],
    ['', 1, 1],
    ['[1] x', 1, 5],
    ['{\n  "a": tru\n}', 2, 11],
    ['["a\nb"]', 1, 4],
    ['["\\x"]', 1, 4],
    ['["\\u00g0"]', 1, 7],
    ['[01]', 1, 3],
    ['[1.]', 1, 4],
    ['[-]', 1, 3],
    ['[1e+]', 1, 5],
    ['[.5]', 1, 2],
    ['["open', 1, 7],
    ['{"a"', 1, 5],
    ["['a']", 1, 2],
    ['[1]]', 1, 4],
    ['[1}', 1, 3],
    ['[,]', 1, 2],
    ['\n\n nul', 3, 5],
  ])('%j is faulty at line %i, column %i', async (content, line, column) => {
    expect(await failureOf(memoryIo().load(jsonLoader, content))).toMatchObject({
      code: 'FP_IO_PARSE',
      places: [{ file: 'file', line, column }],
      cause: { name: 'SyntaxError' },
    });
  });

  test('the fault is the first character that cannot follow, or the end when more must follow', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.nat(), (text, seed) => {
        const at = seed % (text.length + 1);
        // No control character is allowed anywhere, and what stands before it is the beginning of valid JSON.
        expect(findJsonFault(`${text.slice(0, at)}\u0001${text.slice(at)}`)).toBe(at);
        expect(findJsonFault(text.slice(0, at))).toBe(at);
      }),
    );
  });
});

describe('what JSON.parse loses in silence', () => {
  const problemsOf = async (content: string, options?: Record<string, unknown>) => {
    const { problems } = await failureOf(memoryIo().load(jsonLoader, content, options));
    return (problems as Problem[]).map(({ message, places: [place] = [] }) => {
      return `${place?.line}:${place?.column} ${message.replace(/, at line.*/, '')}`;
    });
  };

  test('repeated keys, however they are written', async () => {
    expect(
      await problemsOf('{"a": 1,\n "\\u0061": [{"b": 1, "b": 2}], "__proto__": 1, "__proto__": 2}'),
    ).toEqual([
      `2:2 'file' has the key "a" twice in one object`,
      `2:22 'file' has the key "b" twice in one object`,
      `2:48 'file' has the key "__proto__" twice in one object`,
    ]);
    const { value } = await memoryIo().load(jsonLoader, '[{"a": "\\"a\\": {"}, {"a": [{"a": ":"}]}]');
    expect(value).toEqual([{ a: '"a": {' }, { a: [{ a: ':' }] }]);
  });

  test('digits of whole numbers beyond 2^53', async () => {
    const text = '{"rows": [{"id": 12345678901234567890, "n": -9007199254740993}], "e": 1e400}';
    expect(await problemsOf(text)).toEqual([
      "1:18 'file' has the number 12345678901234567890, which would lose digits",
      "1:45 'file' has the number -9007199254740993, which would lose digits",
      "1:71 'file' has the number 1e400, which would lose digits",
    ]);
    const whole = text.replace('1e400', '9007199254740993');
    const load = async (largeIntegers: string, content = whole) =>
      (await memoryIo().load(jsonLoader, content, { largeIntegers })).value;
    expect(await load('bigint')).toEqual({
      rows: [{ id: 12345678901234567890n, n: -9007199254740993n }],
      e: 9007199254740993n,
    });
    expect(await load('string', text)).toEqual({
      rows: [{ id: '12345678901234567890', n: '-9007199254740993' }],
      e: '1e400',
    });
    expect(await load('bigint', '12345678901234567890')).toBe(12345678901234567890n);
    expect(await problemsOf('{"e": 1e400}', { largeIntegers: 'bigint' })).toHaveLength(1);
  });

  test('a key __proto__ is a key like any other, and changes no prototype', async () => {
    const text = '{"__proto__": {"polluted": 12345678901234567890}, "constructor": {"prototype": 1}}';
    const { value } = await memoryIo().load(jsonLoader, text, { largeIntegers: 'bigint' });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toEqual({
      polluted: 12345678901234567890n,
    });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('data deeper than 1,000 levels is refused where it becomes too deep', async () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(JSON.stringify((await memoryIo().load(jsonLoader, nested(1000))).value)).toBe(nested(1000));
    expect(await problemsOf(nested(1001))).toEqual(["1:1001 'file' nests deeper than 1000 levels"]);
    expect(await problemsOf(nested(1_000_000))).toHaveLength(1);
  });

  test('halves of surrogate pairs in keys and texts stay, and a byte order mark goes', async () => {
    const { value } = await memoryIo(1).load(jsonLoader, '\ufeff{"\\ud800": "\\udfff"}');
    expect(value).toEqual({ '\ud800': '\udfff' });
  });

  test('whatever loses nothing is what JSON.parse makes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ noUnicodeString: false, maxDepth: 6 }), async (text) => {
        expect((await memoryIo().load(jsonLoader, text)).value).toEqual(JSON.parse(text));
      }),
    );
  });

  test('a whole number comes back with the digits it was written with, whatever largeIntegers says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), async (number) => {
        const load = async (largeIntegers: string) =>
          (await memoryIo().load(jsonLoader, `[${number}]`, { largeIntegers })).value as [unknown];
        const [exact] = await load('bigint');
        const [text] = await load('string');
        for (const read of [exact, text]) {
          if (typeof read === 'number')
            expect([String(read), String(BigInt(read))]).toContain(String(number));
          else expect(String(read)).toBe(String(number));
        }
      }),
    );
  });
});

describe('saving', () => {
  test('what JSON would drop or change is refused, with its path', async () => {
    const value = {
      rows: [{ total: 1 }, { total: Number.NaN, 'odd key': undefined, big: 10n }],
      f: () => 1,
      when: new Date('x'),
      m: new Map(),
    };
    const error = await failureOf(memoryIo().save(jsonSaver, value));
    expect((error['problems'] as { message: string }[]).map(({ message }) => message)).toEqual([
      '$.rows[1].total is NaN.',
      `$.rows[1]["odd key"] is undefined.`,
      '$.rows[1].big is the bigint 10n.',
      '$.f is a function.',
      '$.when is an invalid Date.',
      '$.m is a Map.',
    ]);
  });

  test('cycles are refused, repeated objects are not', () => {
    const shared = { x: 1 };
    expect(findFaults([shared, shared, { shared }])).toEqual([]);
    const a: Record<string, unknown> = { list: [] };
    (a['list'] as unknown[]).push({ back: a });
    expect(findFaults(a)).toMatchObject([{ path: '$.list[0].back', what: 'part of a cycle' }]);
  });

  test('objects that say how they are stored are judged by what they say', () => {
    class Money {
      readonly cents: unknown;
      constructor(cents: unknown) {
        this.cents = cents;
      }
      toJSON() {
        return this.cents;
      }
    }
    const failing = {
      toJSON: () => {
        throw new Error('no');
      },
    };
    expect(findFaults([new Money(5), new Date(0)])).toEqual([]);
    expect(findFaults([new Money(undefined)])).toMatchObject([{ path: '$[0]', what: 'undefined' }]);
    expect(findFaults([failing])).toMatchObject([
      { path: '$[0]', what: 'an object whose toJSON fails (no)' },
    ]);
    expect(findFaults(Object.assign(Object.create(null), { a: 1 }))).toEqual([]);
    // eslint-disable-next-line no-sparse-arrays -- the hole is what is tested
    expect(findFaults([1, , 2])).toMatchObject([{ path: '$[1]', what: 'undefined' }]);
  });

  test('data too deep for JSON is an error, not a crash', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    const error = await failureOf(memoryIo().save(jsonSaver, deep));
    expect(error).toMatchObject({ code: 'FP_IO_VALUE' });
    expect(error.message).toMatch(/\$(\[0\])+ … .*\] is nested deeper than 1000 levels\.$/);
    expect(error.message.length).toBeLessThan(300);
  });

  test('what cannot be read is refused with its path', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const value = {
      rows: [
        1,
        {
          get total(): number {
            throw new Error('no such file');
          },
        },
      ],
      gone: proxy,
      ok: 1,
      ['k'.repeat(1_000_000)]: undefined,
    };
    const error = await failureOf(memoryIo().save(jsonSaver, value));
    expect((error['problems'] as { message: string }[]).map(({ message }) => message)).toEqual([
      '$.rows[1].total is a value that cannot be read (no such file).',
      expect.stringMatching(/^\$\.gone is a value that cannot be read \(.*revoked/),
      `$.${'k'.repeat(59)}… is undefined.`,
    ]);
  });

  test('any JSON value comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ noUnicodeString: false }),
        fc.nat(4),
        fc.constantFrom(1, 3, Infinity),
        async (value, indent, size) => {
          const io = memoryIo(size);
          const text = await io.save(jsonSaver, value, { indent });
          expect((await io.load(jsonLoader, text)).value).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });
});
