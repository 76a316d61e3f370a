/** Rows of every type that is saved. */
import type { Row } from '@flowerpower/io';

export const sampleRows: readonly Row[] = [
  {
    s: 'ü€',
    half: 1.5,
    i: 7,
    big: 9007199254740993n,
    b: true,
    t: new Date(1700000000123),
    bytes: Uint8Array.of(97, 98),
    list: [1, null, 3],
    struct: { a: 'x', more: [{ b: true }] },
  },
  { s: null, half: 2, i: -3, big: 1n, b: null, t: null, bytes: null, list: [], struct: null },
  {
    s: '😀',
    half: Number.NaN,
    i: 9007199254740991,
    big: -(2n ** 63n),
    b: false,
    t: new Date(-1),
    bytes: Uint8Array.of(),
    list: null,
    struct: { a: null, more: [] },
  },
];
