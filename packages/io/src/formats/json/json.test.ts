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
      "The value for 'file' cannot be saved: $.rows[1].total is NaN.",
      `The value for 'file' cannot be saved: $.rows[1]["odd key"] is undefined.`,
      "The value for 'file' cannot be saved: $.rows[1].big is the bigint 10n.",
      "The value for 'file' cannot be saved: $.f is a function.",
      "The value for 'file' cannot be saved: $.when is an invalid Date.",
      "The value for 'file' cannot be saved: $.m is a Map.",
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
    expect(await failureOf(memoryIo().save(jsonSaver, deep))).toMatchObject({
      code: 'FP_IO_VALUE',
      cause: { name: 'RangeError' },
    });
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
