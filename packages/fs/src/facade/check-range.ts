import { DriverFailure } from '../contract/file-system-driver.js';
import type { ByteRange } from '../contract/file-system.js';

/** Refuses a range that no file can satisfy, before the backend is asked. */
export function checkRange(range: ByteRange): void {
  const wellFormed =
    'suffix' in range
      ? Number.isSafeInteger(range.suffix) && range.suffix > 0
      : Number.isSafeInteger(range.start) &&
        range.start >= 0 &&
        (range.end === undefined || (Number.isSafeInteger(range.end) && range.end > range.start));
  if (!wellFormed)
    throw new DriverFailure('RangeNotSatisfiable', `no bytes are in the range ${JSON.stringify(range)}`);
}

/** The slice of a file of `size` bytes that a range names, or RangeNotSatisfiable. */
export function resolveRange(range: ByteRange | undefined, size: number): { start: number; end: number } {
  if (range === undefined) return { start: 0, end: size };
  const start = 'suffix' in range ? Math.max(0, size - range.suffix) : range.start;
  if (start >= size) {
    throw new DriverFailure(
      'RangeNotSatisfiable',
      `the file has ${size} bytes, the range is ${JSON.stringify(range)}`,
    );
  }
  return { start, end: 'suffix' in range ? size : Math.min(range.end ?? size, size) };
}
