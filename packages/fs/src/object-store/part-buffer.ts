/** Chunks of any size become parts of a given one. */
export interface PartBuffer {
  /** Keeps a copy: the caller may use its chunk again. */
  add(chunk: Uint8Array): void;
  /** Bytes that wait. */
  readonly size: number;
  /** The first bytes of those that wait, at most all of them. */
  take(bytes: number): Buffer;
}

export function partBuffer(): PartBuffer {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk) {
      chunks.push(Buffer.from(chunk));
      size += chunk.byteLength;
    },
    get size() {
      return size;
    },
    take(bytes) {
      const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
      const rest = all.subarray(bytes);
      // A copy, so that a large chunk is not kept for the sake of its end.
      chunks = rest.byteLength === 0 ? [] : [Buffer.from(rest)];
      size = rest.byteLength;
      return all.subarray(0, bytes);
    },
  };
}
