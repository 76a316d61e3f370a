/** Reads many small ranges with few requests, as columnar formats need it. */
import { DriverFailure } from '../contract/file-system-driver.js';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Reading over a gap of this size costs less than another request. */
const gapBytes = 64 * 1024;
const maxConcurrent = 8;

/** Several requested ranges that one request serves. */
interface Block extends Range {
  readonly members: readonly number[];
}

/**
 * The bytes of each range, which must be well-formed, in the given order. `readBlock` is called at most 8 times at once; after its first
 * failure nothing new starts, and the failure is thrown when the running calls have settled.
 */
export async function readRanges(
  ranges: readonly Range[],
  readBlock: (range: Range) => Promise<Uint8Array>,
): Promise<Uint8Array[]> {
  const results: Uint8Array[] = new Array(ranges.length);
  const blocks = planBlocks(ranges).values();
  let failure = undefined as { error: unknown } | undefined;
  const worker = async () => {
    for (const block of blocks) {
      if (failure !== undefined) return;
      try {
        const bytes = await readBlock(block);
        for (const index of block.members) results[index] = cut(bytes, ranges[index]!, block.start);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: maxConcurrent }, worker));
  if (failure !== undefined) throw failure.error;
  return results;
}

/** Joins ranges that overlap, touch, or lie closer than the gap. */
export function planBlocks(ranges: readonly Range[]): Block[] {
  const order = ranges.map((range, index) => ({ ...range, index })).sort((a, b) => a.start - b.start);
  const blocks: { start: number; end: number; members: number[] }[] = [];
  for (const { start, end, index } of order) {
    const last = blocks.at(-1);
    if (last !== undefined && start - last.end < gapBytes) {
      last.end = Math.max(last.end, end);
      last.members.push(index);
    } else {
      blocks.push({ start, end, members: [index] });
    }
  }
  return blocks;
}

function cut(bytes: Uint8Array, range: Range, blockStart: number): Uint8Array {
  const from = range.start - blockStart;
  if (from >= bytes.byteLength) {
    throw new DriverFailure(
      'RangeNotSatisfiable',
      `the range ${JSON.stringify(range)} starts behind the end`,
    );
  }
  return bytes.subarray(from, range.end - blockStart);
}
