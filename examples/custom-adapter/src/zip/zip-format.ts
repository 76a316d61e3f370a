/** Zip archives as bytes (PKWARE APPNOTE 6.3): read and written whole, without encryption, parts or zip64. */
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { legacyError } from '../errors.js';

/** A file in an archive, as it is stored. */
export interface ZipEntry {
  readonly packed: Uint8Array;
  /** 0: as it is. 8: deflated. */
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly mtime: Date;
}

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const fileSignature = 0x04034b50;
const utf8Names = 0x0800;
const encrypted = 0x0001;

export function packEntry(content: Uint8Array, mtime = new Date()): ZipEntry {
  const packed = deflateRawSync(content);
  const grained = fromDosTime(dosTime(mtime));
  return { packed, method: 8, crc: crc32(content), size: content.byteLength, mtime: grained };
}

export function unpackEntry({ packed, method, crc, size }: ZipEntry, name: string): Uint8Array {
  const content = method === 0 ? packed : inflate(packed, size, name);
  if (content.byteLength !== size || crc32(content) !== crc)
    throw damaged(`'${name}' does not match its checksum`);
  return content;
}

/** Changes whenever the content does. */
export function versionOf({ packed }: ZipEntry): string {
  return createHash('sha256').update(packed).digest('hex').slice(0, 32);
}

export function readZip(bytes: Uint8Array): Map<string, ZipEntry> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, ZipEntry>();
  try {
    const end = findEnd(data);
    let at = data.readUInt32LE(end + 16);
    for (let left = data.readUInt16LE(end + 10); left > 0; left--) {
      if (data.readUInt32LE(at) !== directorySignature)
        throw damaged('its directory is not where it should be');
      const nameEnd = at + 46 + data.readUInt16LE(at + 28);
      const name = data.toString('utf8', at + 46, nameEnd);
      // Names that end in a slash are directories, which hold nothing.
      if (!name.endsWith('/')) entries.set(name, entryAt(data, at, name));
      at = nameEnd + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
    }
  } catch (error) {
    if (legacyError.is(error)) throw error;
    throw damaged('it ends too early', error);
  }
  return entries;
}

export function writeZip(entries: ReadonlyMap<string, ZipEntry>): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, entry] of entries) {
    const encoded = Buffer.from(name, 'utf8');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(utf8Names, 2);
    facts.writeUInt16LE(entry.method, 4);
    facts.writeUInt32LE(dosTime(entry.mtime), 6);
    facts.writeUInt32LE(entry.crc, 10);
    facts.writeUInt32LE(entry.packed.byteLength, 14);
    facts.writeUInt32LE(entry.size, 18);
    facts.writeUInt16LE(encoded.byteLength, 22);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    directory.push(signature(directorySignature), Buffer.from([20, 0]), facts, end, encoded);
    const file = [signature(fileSignature), facts, encoded, entry.packed];
    files.push(...file.map((part) => Buffer.from(part)));
    offset += file.reduce((sum, part) => sum + part.byteLength, 0);
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.size, 4);
  end.writeUInt16LE(entries.size, 6);
  end.writeUInt32LE(listing.byteLength, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, listing, signature(endSignature), end]);
}

function findEnd(data: Buffer): number {
  // It may be followed by a comment of at most 65,535 bytes.
  for (let at = data.length - 22; at >= Math.max(0, data.length - 22 - 65_535); at--) {
    if (data.readUInt32LE(at) === endSignature) return at;
  }
  throw damaged('it has no directory');
}

function entryAt(data: Buffer, at: number, name: string): ZipEntry {
  const method = data.readUInt16LE(at + 10);
  if ((data.readUInt16LE(at + 8) & encrypted) !== 0) throw damaged(`'${name}' is encrypted`);
  if (method !== 0 && method !== 8)
    throw damaged(`'${name}' is compressed by method ${method}, not by deflate`);
  const packedSize = data.readUInt32LE(at + 20);
  const start = data.readUInt32LE(at + 42);
  if (data.readUInt32LE(start) !== fileSignature) throw damaged(`'${name}' is not where it should be`);
  const content = start + 30 + data.readUInt16LE(start + 26) + data.readUInt16LE(start + 28);
  if (content + packedSize > data.length) throw damaged(`'${name}' is cut off`);
  return {
    packed: data.subarray(content, content + packedSize),
    method,
    crc: data.readUInt32LE(at + 16),
    size: data.readUInt32LE(at + 24),
    mtime: fromDosTime(data.readUInt32LE(at + 12)),
  };
}

/** Never gives more than the directory promises, however much was packed. */
function inflate(packed: Uint8Array, size: number, name: string): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch (cause) {
    throw damaged(`'${name}' cannot be unpacked`, cause);
  }
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Two seconds are its grain, and 1980 its beginning. */
function dosTime(time: Date): number {
  const date =
    ((Math.max(time.getUTCFullYear(), 1980) - 1980) << 9) |
    ((time.getUTCMonth() + 1) << 5) |
    time.getUTCDate();
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  return ((date << 16) | clock) >>> 0;
}

function fromDosTime(value: number): Date {
  const date = value >>> 16;
  const days = [1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31] as const;
  return new Date(Date.UTC(...days, (value >> 11) & 31, (value >> 5) & 63, (value & 31) * 2));
}

function damaged(why: string, cause?: unknown) {
  return legacyError({
    code: 'LEGACY_ZIP',
    message: `The archive cannot be read: ${why}.`,
    hint: 'Fetch it again, or pack it anew with zip.',
    retryable: false,
    cause,
  });
}
