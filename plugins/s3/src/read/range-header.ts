import type { ByteRange } from '@flowerpower/fs';

/** As HTTP writes it, where the end is part of the range (RFC 9110, 14.1.2). */
export function rangeHeader(range: ByteRange | undefined): string | undefined {
  if (range === undefined) return undefined;
  if ('suffix' in range) return `bytes=-${range.suffix}`;
  return `bytes=${range.start}-${range.end === undefined ? '' : range.end - 1}`;
}
