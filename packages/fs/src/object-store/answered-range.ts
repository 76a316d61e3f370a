/** Which bytes of what a store sent were asked for. Servers and proxies may ignore `Range`, or answer with another one. */
import { DriverFailure } from '../contract/file-system-driver.js';
import type { ByteRange } from '../contract/file-system.js';
import { rangeHeader } from './range-header.js';

/** What the head of an answer says of its body. */
export interface AnsweredBody {
  /** The header `Content-Length`; undefined when the answer does not say. */
  readonly length: number | undefined;
  /** The header `Content-Range`; undefined when the body is the whole object. */
  readonly contentRange: string | undefined;
}

export interface AnsweredRange {
  /** Where in the object the bytes begin that were asked for. */
  readonly start: number;
  /** How many they are; undefined when only the end of the body will tell. */
  readonly length: number | undefined;
  /** Bytes of the body in front of them. */
  readonly skip: number;
  /** Whether the body goes on behind them. */
  readonly goesOn: boolean;
}

/** @throws DriverFailure `RangeNotSatisfiable` when the range begins behind the object, `Unknown` when the body holds others. */
export function answeredRange(range: ByteRange | undefined, body: AnsweredBody): AnsweredRange {
  const { length, contentRange } = body;
  if (range === undefined && contentRange === undefined) return { start: 0, length, skip: 0, goesOn: false };
  // Some stores answer the end of an empty object with nothing instead of a refusal.
  if (length === 0) throw new DriverFailure('RangeNotSatisfiable');
  const sent = sentBytes(body);
  if (sent === undefined) throw otherBytes(range, body);
  const { start, end } = askedFor(range, sent.total);
  if (start >= sent.total) throw new DriverFailure('RangeNotSatisfiable');
  if (sent.start > start || sent.end < end) throw otherBytes(range, body);
  return { start, length: end - start, skip: start - sent.start, goesOn: sent.end > end };
}

/** Ends are not part of what they end. */
interface SentBytes {
  readonly start: number;
  readonly end: number;
  /** Bytes of the whole object. */
  readonly total: number;
}

/** Undefined when the head contradicts itself, or says too little. */
function sentBytes({ length, contentRange }: AnsweredBody): SentBytes | undefined {
  if (contentRange === undefined)
    return length === undefined ? undefined : { start: 0, end: length, total: length };
  // RFC 9110, 14.4.
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange) ?? [];
  const sent = { start: Number(first), end: Number(last) + 1, total: Number(total) };
  const isWhole = sent.start < sent.end && sent.end <= sent.total;
  return isWhole && (length === undefined || length === sent.end - sent.start) ? sent : undefined;
}

function askedFor(
  range: ByteRange | undefined,
  total: number,
): { readonly start: number; readonly end: number } {
  if (range === undefined) return { start: 0, end: total };
  if ('suffix' in range) return { start: Math.max(0, total - range.suffix), end: total };
  return { start: range.start, end: Math.min(range.end ?? total, total) };
}

function otherBytes(range: ByteRange | undefined, { length, contentRange }: AnsweredBody): DriverFailure {
  const asked = range === undefined ? 'the whole file' : rangeHeader(range).replace('=', ' ');
  const bytes = length === undefined ? 'a body of unknown length' : `${length} bytes`;
  const sent = contentRange === undefined ? bytes : `${bytes} as '${contentRange}'`;
  return new DriverFailure('Unknown', `asked for ${asked}, what answered sent ${sent}`);
}
