import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isYaml11Boolean, readCoreScalar, yaml11Meaning } from './core-scalar.js';

describe('readCoreScalar', () => {
  it('agrees with the YAML parser on every short text of scalar characters', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'0123456789+-.eExoaFnulNULtrTRUEfiIFsN~_'.split('')),
      minLength: 1,
      maxLength: 8,
    });
    const known = fc.constantFrom(
      'null',
      '~',
      'True',
      'FALSE',
      '.inf',
      '-.INF',
      '.nan',
      '0o17',
      '0xFF',
      '+12',
      '1.',
      '.5',
      '1e3',
      '01',
      'yes',
      '1_000',
    );
    fc.assert(
      fc.property(fc.oneof(text, known), (source) => {
        // The parser needs the text to be a plain scalar.
        fc.pre(!/^[-?]$|^-{3}|^\.{3}/.test(source));
        const parsed: unknown = parse(source);
        const read = readCoreScalar(source);
        if (read === undefined) expect(typeof parsed).toBe('string');
        else if ('value' in read) expect(read.value).toBe(parsed);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['9007199254740993', '-9007199254740993', '0xFFFFFFFFFFFFFFFF', '12345678901234567890'])(
    'refuses to lose digits of %s',
    (text) => {
      expect(readCoreScalar(text)).toEqual({ unsafe: true });
    },
  );

  it('keeps the largest safe integers', () => {
    expect(readCoreScalar('9007199254740991')).toEqual({ value: Number.MAX_SAFE_INTEGER });
    expect(readCoreScalar('-9007199254740991')).toEqual({ value: Number.MIN_SAFE_INTEGER });
  });

  it.each(['', ' ', ' 1', '1 ', 'yes', '1,2', '[1]', 'Infinity', 'NaN', '1n'])(
    'leaves %j as text',
    (text) => {
      expect(readCoreScalar(text)).toBeUndefined();
    },
  );
});

describe('YAML 1.1', () => {
  it.each([
    ['yes', 'the boolean true'],
    ['Off', 'the boolean false'],
    ['10_000', 'the number 10000'],
    ['012', 'the octal number 10'],
    ['-0755', 'the octal number -493'],
  ])('reads %s as %s', (text, meaning) => {
    expect(yaml11Meaning(text)).toBe(meaning);
  });

  it.each(['true', '12', '0', '00', '07', '089', 'y', 'yEs', '1_', '_1', '1:30', '2024-01-01'])(
    'has nothing to say about %s',
    (text) => {
      expect(yaml11Meaning(text)).toBeUndefined();
    },
  );

  it('knows its booleans in the three spellings only', () => {
    expect(['no', 'No', 'NO'].every(isYaml11Boolean)).toBe(true);
    expect(isYaml11Boolean('nO')).toBe(false);
  });
});
