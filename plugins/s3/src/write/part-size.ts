/**
 * An upload has at most 10,000 parts and an object at most 5 TiB, so the parts grow: the first thousand have 8 MiB, the
 * next 16 MiB, and so on. Up to 8 GB they are equal, which some stores ask for.
 */
const firstSize = 8 * 1024 * 1024;
const growEvery = 1000;

/** Bytes of a part, counted from 1. The first size is also the most that goes up in one request. */
export function partSize(partNumber: number): number {
  return firstSize * 2 ** Math.floor((partNumber - 1) / growEvery);
}
