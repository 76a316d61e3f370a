/** Groups of eight may be filled up, and some writers fill up more. */
const padding = 1024;

export interface Runs {
  /** Bits of a value. */
  readonly width: number;
  readonly count: number;
  /** Nulls have no value, so that there may be fewer. */
  readonly atMost?: boolean;
}

/**
 * Throws where runs of equal or of packed values (the RLE hybrid of Parquet) are more values than there are to be. Only
 * the heads of the runs are read.
 */
export function checkRuns(bytes: Uint8Array, { width, count, atMost = false }: Runs): void {
  let offset = 0;
  let seen = 0;
  while (seen < count) {
    if (offset >= bytes.byteLength) {
      if (atMost) return;
      throw new Error(`${count - seen} values are missing`);
    }
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[offset++];
      if (byte === undefined || shift > 28) throw new Error('a run of values has no length');
      head += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    const isPacked = head % 2 === 1;
    const run = Math.floor(head / 2) * (isPacked ? 8 : 1);
    if (run > count - seen + padding)
      throw new Error(`a run claims ${run} of the ${count - seen} values left`);
    offset += isPacked ? (run / 8) * width : Math.ceil(width / 8);
    seen += run;
  }
}
