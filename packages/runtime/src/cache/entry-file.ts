/**
 * The bytes of one file of the cache.
 *
 * | offset | size | content                                              |
 * | ------ | ---- | ---------------------------------------------------- |
 * | 0      | 4    | `FPCE`                                               |
 * | 4      | 1    | format version, 1                                    |
 * | 5      | 1    | kind: 1 a key with its value, 2 a key, 3 a value     |
 * | 6      | 2    | zero                                                 |
 * | 8      | 8    | when it was written: milliseconds since 1970, float64 little-endian |
 * | 16     | 32   | the data version                                     |
 * | 48     | 32   | SHA-256 of everything else                           |
 * | 80     |      | the serialised value; empty for kind 2               |
 */
import { createHash } from 'node:crypto';

const magic = 0x45435046;
const formatVersion = 1;
const checksumOffset = 48;
const headerSize = 80;

const kinds = { inline: 1, reference: 2, value: 3 } as const;
type EntryKind = keyof typeof kinds;

export interface EntryFile {
  readonly kind: EntryKind;
  readonly writtenMs: number;
  /** 64 hexadecimal digits. */
  readonly dataVersion: string;
  readonly body: Uint8Array;
}

export function encodeEntry({ kind, writtenMs, dataVersion, body }: EntryFile): Uint8Array {
  const bytes = new Uint8Array(headerSize + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint8(4, formatVersion);
  view.setUint8(5, kinds[kind]);
  view.setFloat64(8, writtenMs, true);
  bytes.set(Buffer.from(dataVersion, 'hex'), 16);
  bytes.set(body, headerSize);
  bytes.set(checksumOf(bytes), checksumOffset);
  return bytes;
}

/** @returns the entry, or what is wrong with the bytes. */
export function decodeEntry(bytes: Uint8Array): EntryFile | { readonly damage: string } {
  if (bytes.length < headerSize) return { damage: `it has ${bytes.length} bytes, less than its header` };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) return { damage: 'it does not begin as an entry' };
  if (view.getUint8(4) !== formatVersion) return { damage: `its format version is ${view.getUint8(4)}` };
  const stored = bytes.subarray(checksumOffset, headerSize);
  if (!checksumOf(bytes).equals(stored)) return { damage: 'its checksum does not fit' };
  const code = view.getUint8(5);
  const kind = (Object.keys(kinds) as EntryKind[]).find((name) => kinds[name] === code);
  if (kind === undefined) return { damage: `its kind is ${code}` };
  return {
    kind,
    writtenMs: view.getFloat64(8, true),
    dataVersion: Buffer.from(bytes.subarray(16, checksumOffset)).toString('hex'),
    body: bytes.subarray(headerSize),
  };
}

function checksumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256')
    .update(bytes.subarray(0, checksumOffset))
    .update(bytes.subarray(headerSize))
    .digest();
}
