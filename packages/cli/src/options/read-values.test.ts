import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readValues } from './read-values.js';

function read(text: string, type?: string): unknown {
  return readValues('--inputs', [text], () => type)['x'];
}

test.each<[string, string | undefined, unknown]>([
  ['x=12345678901234567890', 'bigint', 12345678901234567890n],
  ['x=-7n', 'bigint', -7n],
  ['x=12345678901234567890', 'number | bigint', 12345678901234567890n],
  ['x=12345678901234567890', 'string', '12345678901234567890'],
  ['x=2024-03-01', 'Date', new Date('2024-03-01T00:00:00Z')],
  ['x=2024-03-01T12:00:00+02:00', 'Date | undefined', new Date('2024-03-01T10:00:00Z')],
  ['x=null', 'Date | null', null],
  ['x=["2024-03-01"]', 'Date[]', [new Date('2024-03-01')]],
  ['x=[1, 12345678901234567890, "3"]', 'readonly bigint[]', [1n, 12345678901234567890n, 3n]],
  ['{"x": "2024-03-01"}', 'Date', new Date('2024-03-01')],
  ['{"x": 12345678901234567890}', 'bigint', 12345678901234567890n],
  ['{"x": 5}', 'bigint', 5n],
  ['{"x": "5"}', 'bigint', 5n],
  ['{"x": {"id": 12345678901234567890}}', '{ id: bigint }', { id: 12345678901234567890n }],
  ['x=1e3', 'number', 1000],
  ['x=a,b', 'string[]', ['a', 'b']],
  ['x=a', 'readonly string[] | undefined', ['a']],
  ['x=', 'string[]', []],
  ['x=["a,b"]', 'string[]', ['a,b']],
  ['x=["a"]', 'string | string[]', ['a']],
  ['x=a,b', 'string | string[]', 'a,b'],
  ['x=3,4', 'number[]', [3, 4]],
  ['x=3', 'Array<number>', [3]],
  ['x=3', 'number | number[]', 3],
  ['x=3,4', 'number | number[]', [3, 4]],
  ['x=2026-01-31, 2026-02-01', 'ReadonlyArray<Date>', [new Date('2026-01-31'), new Date('2026-02-01')]],
  ['x=fast,slow', "('fast' | 'slow')[]", ['fast', 'slow']],
  ['x=fast', "'fast' | 'slow'", 'fast'],
  ['x=2', '1 | 2', 2],
  ['x=auto', "number | 'auto'", 'auto'],
  ['x=true', 'true | string[]', true],
  ['x=a,b', 'Ids', 'a,b'],
  ['x=a', 'Id[]', 'a'],
  ['{"x": [1]}', 'number[]', [1]],
  ['{"x": {"a": 1}}', 'Record<string, number>', { a: 1 }],
  ['x=0x1F', 'number', 31],
  ['x=false', 'boolean', false],
  ['x=[1,2]', undefined, [1, 2]],
  ['x=text', undefined, 'text'],
])('%s as %s', (text, type, value) => {
  expect(read(text, type)).toEqual(value);
});

test.each<[string, string | undefined, string]>([
  ['x=12345678901234567890', 'number', "'x' is 12345678901234567890, which would lose digits as a number."],
  [
    'x=12345678901234567890',
    undefined,
    "'x' holds 12345678901234567890, which would lose digits as a number.",
  ],
  ['x=[9007199254740993]', 'number[]', "'x' holds 9007199254740993, which would lose digits as a number."],
  ['{"x": 9007199254740993}', 'number', "'x' holds 9007199254740993, which would lose digits as a number."],
  ['x=1.5', 'bigint', "'x' must be a whole number, got '1.5'."],
  [
    'x=2024-02-30',
    'Date',
    "'x' must be a date such as 2026-01-31 or 2026-01-31T12:00:00Z, got '2024-02-30'.",
  ],
  ['{"x": "soon"}', 'Date', "'x' must be a date such as 2026-01-31 or 2026-01-31T12:00:00Z, got 'soon'."],
  ['x=a,b', 'number[]', "'x' must be a list of numbers, and 'a' is none of them."],
  ['x=true,2', 'boolean[]', "'x' must be a list of true or false, and '2' is none of them."],
  ['{"x": "3,4"}', 'number[]', "'x' must be a list of numbers, got '3,4'."],
  ['{"x": ["a"]}', 'number[] | undefined', "'x' must be a list of numbers, and 'a' is none of them."],
  ['{"x": "y"}', 'number', "'x' must be a number, got 'y'."],
  ['{"x": 5}', 'string', "'x' must be a text, got 5."],
  ['x=quick', "'fast' | 'slow'", "'x' must be 'fast' or 'slow', got 'quick'."],
  ['{"x": "quick"}', "'fast' | 'slow'", "'x' must be 'fast' or 'slow', got 'quick'."],
  ['x=7', '1 | 2', "'x' must be 1 or 2, got '7'."],
  ['x=quick', "('fast' | 'slow')[]", "'x' must be a list of 'fast' | 'slow', and 'quick' is none of them."],
  ['x=maybe', 'number | boolean', "'x' must be a number or true or false, got 'maybe'."],
  ['x=many', 'number | undefined', "'x' must be a number, got 'many'."],
  [
    '{"x": 1, "x": 2}',
    undefined,
    `'the value of --inputs' has the key "x" twice in one object, at line 1, column 10.`,
  ],
])('%s as %s loses nothing in silence', (text, type, message) => {
  expect(() => read(text, type)).toThrow(
    expect.objectContaining({ code: 'FP_CLI_VALUE', message: `--inputs: ${message}` }) as Error,
  );
});

test('a number that is read has the digits of its text', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
      fc.constantFrom('number', undefined),
      (n, type) => {
        let value: unknown;
        try {
          value = read(`x=${n}`, type);
        } catch {
          expect(BigInt(Number(n))).not.toBe(n);
          return;
        }
        expect([String(value), String(BigInt(value as number))]).toContain(String(n));
      },
    ),
  );
});

test.each([[['x=1', 'x=2']], [['x=1,x=1']], [['x=1', '{"x": 2}']]])(
  'the same input twice is a mistake: %j',
  (texts) => {
    expect(() => readValues('--inputs', texts, () => undefined)).toThrow("--inputs: 'x' is given twice.");
  },
);

describe('@file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'flowerpower-values-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const file = (content: string | Uint8Array) => {
    writeFileSync(join(folder, 'f.json'), content);
    return `@${join(folder, 'f.json')}`;
  };
  const refused = (text: string, message: string) =>
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'FP_CLI_FILE', message: expect.stringContaining(message) }) as Error,
    );

  test('may begin with a byte order mark', () => {
    expect(read(file('\uFEFF{"x":1}'))).toBe(1);
  });

  test('is UTF-8', () => refused(file(Buffer.from('{"x":"caf\xe9"}', 'latin1')), 'it is not UTF-8 text'));

  test('is not a folder', () => {
    mkdirSync(join(folder, 'd'));
    refused(`@${join(folder, 'd')}`, "/d' cannot be read: it is a folder");
  });

  test('is there', () => refused(`@${join(folder, 'none')}`, 'it does not exist'));

  test('is of bounded size', () => {
    const text = file('');
    // With a hole, which takes no space.
    truncateSync(text.slice(1), 100_000_001);
    refused(text, 'it is longer than 100 MB');
  });

  test.skipIf(process.platform === 'win32')('is not a pipe, for whose writer nobody waits', () => {
    execFileSync('mkfifo', [join(folder, 'p')]);
    refused(`@${join(folder, 'p')}`, 'it is a pipe or a device, not a file');
  });
});
