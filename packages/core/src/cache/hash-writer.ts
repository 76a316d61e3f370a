/** Collects the encoding of a value in large pieces for the hash. */
import { Sha256 } from './sha256.js';

const bufferSize = 8192;
const textChunk = 1024;

/**
 * Every piece has a fixed size or begins with its size, so that different sequences of pieces never give the
 * same bytes.
 */
export class HashWriter {
  readonly #hash = new Sha256();
  readonly #bytes = new Uint8Array(bufferSize);
  readonly #view = new DataView(this.#bytes.buffer);
  #used = 0;

  reset(): void {
    this.#hash.reset();
    this.#used = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#used++] = value;
  }

  /** A whole number of at most 53 bits. */
  size(value: number): void {
    this.#reserve(5);
    if (value < 0xffffffff) {
      this.#view.setUint32(this.#used, value, true);
      this.#used += 4;
      return;
    }
    this.#view.setUint32(this.#used, 0xffffffff, true);
    this.#used += 4;
    this.number(value);
  }

  /** All NaNs count as one; -0 and 0 differ. */
  number(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#used, Number.isNaN(value) ? Number.NaN : value, true);
    this.#used += 8;
  }

  /** The UTF-16 code units, so that lone surrogates count; one byte each where a chunk of the text allows it. */
  text(value: string): void {
    const { length } = value;
    this.size(length);
    for (let from = 0; from < length; from += textChunk)
      this.#chunk(value, from, Math.min(length, from + textChunk));
  }

  raw(bytes: Uint8Array): void {
    this.size(bytes.length);
    if (bytes.length > bufferSize / 2) {
      this.#flush();
      this.#hash.update(bytes);
      return;
    }
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Ends the hash: its 64 hexadecimal digits, and how many bytes went into it. */
  finish(): { readonly hash: string; readonly sizeBytes: number } {
    this.#flush();
    const { sizeBytes } = this.#hash;
    return { hash: this.#hash.digest(), sizeBytes };
  }

  #chunk(value: string, from: number, to: number): void {
    this.#reserve(1 + 2 * textChunk);
    const bytes = this.#bytes;
    const start = this.#used;
    let at = start + 1;
    bytes[start] = 1;
    for (let index = from; index < to; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 255) {
        this.#wideChunk(value, from, to);
        return;
      }
      bytes[at++] = unit;
    }
    this.#used = at;
  }

  #wideChunk(value: string, from: number, to: number): void {
    this.#bytes[this.#used++] = 2;
    for (let index = from; index < to; index++) {
      this.#view.setUint16(this.#used, value.charCodeAt(index), true);
      this.#used += 2;
    }
  }

  #reserve(size: number): void {
    if (this.#used + size > bufferSize) this.#flush();
  }

  #flush(): void {
    this.#hash.update(this.#bytes, 0, this.#used);
    this.#used = 0;
  }
}
