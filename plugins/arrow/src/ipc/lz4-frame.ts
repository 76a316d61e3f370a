/**
 * Decompression of LZ4 frames, as Arrow compresses its buffers. Format: the LZ4 frame format 1.6 and the LZ4 block
 * format; checksums are not looked at. Blocks may refer to what stands in the blocks before.
 */

/** Bytes of the largest content that is made. */
const maxBytes = 2 ** 31 - 1;

/** Throws what is wrong with a frame, in words. */
export function decompressLz4Frame(input: Uint8Array): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (input.byteLength < 7 || view.getUint32(0, true) !== 0x184d2204) throw new Error('this is no LZ4 frame');
  const flags = input[4]!;
  const hasBlockChecksum = (flags & 0x10) !== 0;
  const hasSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  if (hasDictionary) throw new Error('an LZ4 frame refers to a dictionary');
  let offset = 7 + (hasSize ? 8 : 0);
  const size = hasSize ? Number(view.getBigUint64(6, true)) : undefined;
  const output = new GrowingBytes(Math.min(size ?? input.byteLength * 4, input.byteLength * 255, maxBytes));
  for (;;) {
    if (offset + 4 > input.byteLength) throw new Error('an LZ4 frame ends too early');
    const head = view.getUint32(offset, true);
    offset += 4;
    if (head === 0) break;
    const length = head & 0x7fff_ffff;
    if (offset + length > input.byteLength) throw new Error('an LZ4 block ends behind its frame');
    const block = input.subarray(offset, offset + length);
    if (head >= 0x8000_0000) output.append(block, 0, length);
    else decompressBlock(block, output);
    offset += length + (hasBlockChecksum ? 4 : 0);
  }
  const bytes = output.taken();
  if (size !== undefined && bytes.byteLength !== size)
    throw new Error(`an LZ4 frame has ${bytes.byteLength} bytes instead of ${size}`);
  return bytes;
}

function decompressBlock(block: Uint8Array, output: GrowingBytes): void {
  let at = 0;
  const length = (nibble: number): number => {
    let total = nibble;
    if (nibble < 15) return total;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw new Error('an LZ4 block ends within a length');
      total += byte;
      if (byte < 255) return total;
    }
  };
  while (at < block.byteLength) {
    const token = block[at++]!;
    const literals = length(token >> 4);
    if (at + literals > block.byteLength) throw new Error('an LZ4 block ends within its literals');
    output.append(block, at, literals);
    at += literals;
    if (at === block.byteLength) return;
    if (at + 2 > block.byteLength) throw new Error('an LZ4 block ends within an offset');
    const back = block[at]! | (block[at + 1]! << 8);
    at += 2;
    output.repeat(back, length(token & 15) + 4);
  }
}

class GrowingBytes {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
  }

  append(from: Uint8Array, start: number, length: number): void {
    this.#reserve(length);
    this.#bytes.set(from.subarray(start, start + length), this.#length);
    this.#length += length;
  }

  /** What stands `back` bytes before the end, which may reach into what is being written. */
  repeat(back: number, length: number): void {
    if (back === 0 || back > this.#length) throw new Error('an LZ4 block refers to what is not there');
    this.#reserve(length);
    const bytes = this.#bytes;
    let from = this.#length - back;
    if (back >= length) bytes.copyWithin(this.#length, from, from + length);
    else for (let to = this.#length; to < this.#length + length; to++) bytes[to] = bytes[from++]!;
    this.#length += length;
  }

  taken(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.byteLength) return;
    if (needed > maxBytes) throw new Error('an LZ4 frame holds more than 2 GB');
    const grown = new Uint8Array(Math.min(maxBytes, Math.max(needed, this.#bytes.byteLength * 2)));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
