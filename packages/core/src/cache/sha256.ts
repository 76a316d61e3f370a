/** SHA-256 as in FIPS 180-4: synchronous and without dependencies, so that it runs wherever core runs. */

/** FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const roundConstants = /* @__PURE__ */ Int32Array.from(/* @__PURE__ */ firstPrimes(64), (prime) =>
  fraction(Math.cbrt(prime)),
);

/** FIPS 180-4, 5.3.3: the same of the square roots of the first 8 primes. */
const initialState = /* @__PURE__ */ Int32Array.from(/* @__PURE__ */ firstPrimes(8), (prime) =>
  fraction(Math.sqrt(prime)),
);

const blockSize = 64;
const hexOfByte = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** One hash in the making. Give it bytes in large pieces; `digest` ends it and `reset` begins another. */
export class Sha256 {
  readonly #state = Int32Array.from(initialState);
  readonly #schedule = new Int32Array(64);
  /** Bytes that do not fill a block yet. */
  readonly #rest = new Uint8Array(blockSize);
  #restSize = 0;
  #sizeBytes = 0;

  /** Bytes given since the last reset. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  reset(): void {
    this.#state.set(initialState);
    this.#restSize = 0;
    this.#sizeBytes = 0;
  }

  /** Adds the bytes from `start` up to but without `end`. They may change afterwards. */
  update(bytes: Uint8Array, start = 0, end: number = bytes.length): void {
    this.#sizeBytes += end - start;
    let from = start;
    if (this.#restSize > 0) {
      const taken = Math.min(blockSize - this.#restSize, end - from);
      this.#rest.set(bytes.subarray(from, from + taken), this.#restSize);
      this.#restSize += taken;
      from += taken;
      if (this.#restSize < blockSize) return;
      this.#compress(this.#rest, 0);
      this.#restSize = 0;
    }
    for (; from + blockSize <= end; from += blockSize) this.#compress(bytes, from);
    for (; from < end; from++) this.#rest[this.#restSize++] = bytes[from]!;
  }

  /** The hash of everything given, as 64 hexadecimal digits. */
  digest(): string {
    const bits = this.#sizeBytes * 8;
    const rest = this.#rest;
    rest[this.#restSize++] = 0x80;
    if (this.#restSize > blockSize - 8) {
      rest.fill(0, this.#restSize);
      this.#compress(rest, 0);
      this.#restSize = 0;
    }
    rest.fill(0, this.#restSize);
    writeWord(rest, blockSize - 8, Math.floor(bits / 2 ** 32));
    writeWord(rest, blockSize - 4, bits);
    this.#compress(rest, 0);
    let text = '';
    for (const word of this.#state) {
      text += hexOfByte[word >>> 24]! + hexOfByte[(word >>> 16) & 255]!;
      text += hexOfByte[(word >>> 8) & 255]! + hexOfByte[word & 255]!;
    }
    return text;
  }

  /** FIPS 180-4, 6.2.2. */
  #compress(bytes: Uint8Array, offset: number): void {
    const w = this.#schedule;
    for (let t = 0, at = offset; t < 16; t++, at += 4) {
      w[t] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15]!;
      const y = w[t - 2]!;
      const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[t] = (w[t - 16]! + small0 + w[t - 7]! + small1) | 0;
    }
    const state = this.#state;
    const k = roundConstants;
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let t = 0; t < 64; t++) {
      const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + big1 + (g ^ (e & (f ^ g))) + k[t]! + w[t]!) | 0;
      const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (big0 + ((a & b) | (c & (a | b)))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0] = state[0]! + a;
    state[1] = state[1]! + b;
    state[2] = state[2]! + c;
    state[3] = state[3]! + d;
    state[4] = state[4]! + e;
    state[5] = state[5]! + f;
    state[6] = state[6]! + g;
    state[7] = state[7]! + h;
  }
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}
