import type { ByteRange } from '../contract/file-system.js';

/** A range as the header `Range` of HTTP writes it, where the end is part of it (RFC 9110, 14.1.2). */
export function rangeHeader(range: ByteRange): string {
  if ('suffix' in range) return `bytes=-${range.suffix}`;
  return `bytes=${range.start}-${range.end === undefined ? '' : range.end - 1}`;
}

/** Where the bytes of an answer begin, by its header `Content-Range`. */
export function rangeStart(contentRange: string | undefined): number {
  return Number(/^bytes (\d+)-/.exec(contentRange ?? '')?.[1] ?? 0);
}
