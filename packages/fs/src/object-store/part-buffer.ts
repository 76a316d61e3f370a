/** Chunks of any size become parts of given ones. */
export interface PartBufferOptions {
  /** Bytes of a part, counted from 1. */
  readonly partSize: (partNumber: number) => number;
  /** Takes a full part, behind which more follows; what it is given is its own until it gives it back. */
  readonly send: (part: Buffer, partNumber: number) => Promise<void>;
}

export interface PartBuffer {
  /** Copies the chunk, which its owner may use again afterwards, and sends each part that it fills. */
  write(chunk: Uint8Array): Promise<void>;
  /** The last part, perhaps an empty one, and its number. */
  last(): { readonly part: Buffer; readonly partNumber: number };
  /** A part that was sent, and that nobody reads any longer: its memory is used for another. */
  giveBack(part: Buffer): void;
}

/**
 * Holds at most one part, whatever the size of a chunk, and copies each byte a constant number of times.
 *
 * @example
 * ```ts
 * import { partBuffer } from '@flowerpower/fs';
 *
 * const sizes: number[] = [];
 * const buffer = partBuffer({ partSize: () => 4, send: async (part) => void sizes.push(part.byteLength) });
 * await buffer.write(new Uint8Array(10));
 * console.log(sizes, buffer.last().part.byteLength); // [ 4, 4 ] 2
 * ```
 */
export function partBuffer({ partSize, send }: PartBufferOptions): PartBuffer {
  let partNumber = 1;
  let full = partSize(partNumber);
  let block: Buffer = Buffer.alloc(0);
  let size = 0;
  let spare: Buffer[] = [];

  /** A large file has begun: its next part is taken to be a whole one. */
  function nextBlock(): Buffer {
    spare = spare.filter((each) => each.byteLength === full);
    return spare.pop() ?? Buffer.allocUnsafeSlow(full);
  }

  /** Grows to the double, so that many small chunks cost no more than one, and a small file no whole part. */
  function reserve(bytes: number): void {
    if (size + bytes <= block.byteLength) return;
    const larger = Buffer.allocUnsafeSlow(Math.min(full, Math.max(size + bytes, 2 * block.byteLength)));
    block.copy(larger, 0, 0, size);
    block = larger;
  }

  return {
    async write(chunk) {
      for (let at = 0; at < chunk.byteLength; ) {
        if (size === full) {
          const part = block;
          block = Buffer.alloc(0);
          size = 0;
          await send(part, partNumber++);
          full = partSize(partNumber);
          block = nextBlock();
        }
        const piece = chunk.subarray(at, at + full - size);
        reserve(piece.byteLength);
        block.set(piece, size);
        size += piece.byteLength;
        at += piece.byteLength;
      }
    },
    last: () => ({ part: block.subarray(0, size), partNumber }),
    giveBack: (part) => void spare.push(part),
  };
}
