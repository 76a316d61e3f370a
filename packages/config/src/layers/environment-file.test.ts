import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEnvironmentFile } from './environment-file.js';

const read = (text: string) => ({ ...readEnvironmentFile({ file: '.env', text }).environment });

it.each([
  ['A=1', { A: '1' }],
  ['\uFEFFA=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['# comment\n\n  \n A = a b  # why\n', { A: 'a b' }],
  ['A=', { A: '' }],
  ['A=# nothing', { A: '' }],
  ['A=a#b', { A: 'a#b' }],
  ["A='$X \\n # \" '", { A: '$X \\n # " ' }],
  ['A="x\\ny\\t\\"\\\\\\$"  # why', { A: 'x\ny\t"\\$' }],
  ['A="one\ntwo"\nB=3', { A: 'one\ntwo', B: '3' }],
  ['export A=1', { A: '1' }],
  ['A=a=b', { A: 'a=b' }],
  ['A=pass$word${X}', { A: 'pass$word${X}' }],
  ["A=it's", { A: "it's" }],
])('%j', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

it.each([
  ['NAME', 1, 'not of the form NAME=value'],
  ['A=1\n2B=3', 2, 'the name holds other characters'],
  ['A=1\nA-B=3', 2, 'the name holds other characters'],
  ['A="x', 1, 'not of the form'],
  ["A='x' y", 1, 'not of the form'],
  ['A=1\nB=2\nA=3', 3, 'A is already set in line 1'],
  ['A="one\ntwo"\nB', 3, 'not of the form'],
  ['A=x\0y', 1, 'NUL'],
])('%j is refused in line %i', (text, line, message) => {
  expect(() => readEnvironmentFile({ file: '.env', text })).toThrow(
    expect.objectContaining({
      code: 'FP_CONFIG_ENV_FILE',
      message: expect.stringContaining(`.env:${line}: `),
      places: [{ file: '.env', line }],
    }),
  );
  expect(() => readEnvironmentFile({ file: '.env', text })).toThrow(message);
});

it('never repeats a line, which may be a secret', () => {
  const error = (() => {
    try {
      return read('TOKEN: s3cr3t-value\nsk-s3cr3t-value=x');
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(JSON.stringify(error)).not.toContain('s3cr3t');
  expect((error as Error).message).toContain('.env:1');
});

it('takes __proto__ for a name like any other', () => {
  const { environment } = readEnvironmentFile({ file: '.env', text: '__proto__=1\nconstructor=2' });
  expect(Object.keys(environment)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

it('refuses a file that is too large, or sets too much', () => {
  expect(() => read(`A=${'x'.repeat(1024 * 1024)}`)).toThrow('more than a million characters');
  expect(() => read(Array.from({ length: 2001 }, (_, index) => `A${index}=1`).join('\n'))).toThrow(
    'more than 2000',
  );
});

it('reads what is quoted as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      fc.pre(!value.includes('\0') && !value.includes('\r'));
      const quoted = value
        .replace(/["\\$]/g, '\\$&')
        .replaceAll('\n', '\\n')
        .replaceAll('\t', '\\t');
      expect(read(`A="${quoted}"`)).toEqual({ A: value });
    }),
  );
});
