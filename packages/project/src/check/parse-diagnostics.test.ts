import { expect, test } from 'vitest';
import { parseDiagnostics } from './parse-diagnostics.js';

test('reads files, places, codes and the steps of the explanation', () => {
  const output = [
    'Starting compilation.',
    'pipelines/my (old) file.ts(12,7): error TS2322: Type \'"a" (1,2)\' is not assignable.',
    "  Types of property 'b' are incompatible.",
    "    Type 'c' is not assignable.",
    'C:/work dir/x.ts(3,4): error TS7006: Parameter.',
    'error TS5058: The specified path does not exist.',
    '  At all.',
    '',
    '  Not part of it.',
    'a.ts(1,1): warning TS1: ignored',
    '',
  ];
  const expected = [
    {
      file: 'pipelines/my (old) file.ts',
      line: 12,
      column: 7,
      code: 2322,
      message: 'Type \'"a" (1,2)\' is not assignable.',
      details: ["Types of property 'b' are incompatible.", "Type 'c' is not assignable."],
    },
    { file: 'C:/work dir/x.ts', line: 3, column: 4, code: 7006, message: 'Parameter.', details: [] },
    { code: 5058, message: 'The specified path does not exist.', details: ['At all.'] },
  ];
  expect(parseDiagnostics(output.join('\n'))).toEqual(expected);
  expect(parseDiagnostics(output.join('\r\n'))).toEqual(expected);
});
