/** Rows of every type that is saved. `golden/ours.parquet` holds them, as pyarrow and DuckDB have read it. */
import type { Row } from '@flowerpower/io';

export const sampleRows: readonly Row[] = [
  { s: 'ü€', half: 1.5, i: 7, big: 9007199254740993n, b: true, t: new Date(1700000000123), bytes: Uint8Array.of(97, 98), j: { a: [1, { x: null }] }, 'we.ird': 'x' },
  { s: null, half: 2, i: -3, big: 1n, b: null, t: null, bytes: null, j: null, 'we.ird': null },
  { s: '😀', half: Number.NaN, i: 9007199254740991, big: -(2n ** 63n), b: false, t: new Date(-1), bytes: Uint8Array.of(), j: [], 'we.ird': '' },
];
