import { expect, test } from 'vitest';
import { byteSize } from './byte-size.js';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 KB'],
  [999_949, '999.9 KB'],
  [999_950, '1.0 MB'],
  [3_400_000_000, '3.4 GB'],
  [5e15, '5000.0 TB'],
])('%d bytes', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});
