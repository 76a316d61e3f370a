import type { ByteRange } from '../contract/file-system.js';

/** A range as the header `Range` of HTTP writes it, where the end is part of it (RFC 9110, 14.1.2). */
export function rangeHeader(range: ByteRange): string {
  if ('suffix' in range) return `bytes=-${range.suffix}`;
  return `bytes=${range.start}-${range.end === undefined ? '' : range.end - 1}`;
}
