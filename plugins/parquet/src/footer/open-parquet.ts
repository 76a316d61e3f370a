/** A Parquet file and what its footer says, read with one request where the footer is not very long. */
import type { FileMetaData } from 'hyparquet';
import type { IoContext } from '@flowerpower/io';
import { damagedFile, explained, unsupportedFile } from '../errors/damaged-file.js';
import { checkFooter } from './check-footer.js';

/** Bytes of the end of the file that are read first. */
const firstRead = 64 * 1024;
/** Bytes of the longest footer that is read: of a file with some hundred thousand column chunks. */
const maxFooter = 256 * 1024 * 1024;
/** The length of the footer, and the magic word. */
const ending = 8;

export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

export interface ParquetFile {
  /** As written in the options: it is what errors name. */
  readonly name: string;
  /** Free of credentials. */
  readonly uri: string;
  readonly sizeBytes: number;
  readonly metadata: FileMetaData;
  /** The bytes of each span, of the version that was opened. What has been read already is not read again. */
  read(spans: readonly ByteSpan[]): Promise<Uint8Array[]>;
}

/** The version to read, and its bytes. */
export interface StoredFile {
  readonly size?: number | undefined;
  readonly version?: string | undefined;
}

/** FP_IO_PARSE for what is no Parquet file, or an encrypted one. */
export async function openParquet(
  name: string,
  context: IoContext,
  stored: StoredFile | undefined,
): Promise<ParquetFile> {
  const { fs, path } = context.resolve(name);
  const { signal } = context;
  const { size: sizeBytes = 0, version } = stored ?? (await fs.stat(path, { signal }));
  if (sizeBytes < 4 + ending) {
    throw damagedFile(name, sizeBytes === 0 ? 'it is empty' : `it has ${sizeBytes} bytes, too few for one`);
  }
  const readSpan = (range: ByteSpan) => fs.read(path, { range, ifMatch: version, signal });
  let tail = { start: Math.max(0, sizeBytes - firstRead), bytes: new Uint8Array() };
  tail.bytes = new Uint8Array(await readSpan({ start: tail.start, end: sizeBytes }));

  const footerBytes = footerLength(name, tail.bytes, sizeBytes);
  const footerStart = sizeBytes - ending - footerBytes;
  if (footerStart < tail.start) {
    const before = await readSpan({ start: footerStart, end: tail.start });
    tail = { start: footerStart, bytes: Buffer.concat([before, tail.bytes]) };
  }
  const metadata = await parseFooter(name, tail.bytes.subarray(footerStart - tail.start));
  checkFooter(metadata, name, footerStart);

  return {
    name,
    uri: fs.uri(path),
    sizeBytes,
    metadata,
    async read(spans) {
      const absent = spans.filter(({ start }) => start < tail.start);
      const fetched = await fs.readRanges(path, absent, { ifMatch: version, signal });
      return spans.map(({ start, end }) =>
        start < tail.start ? fetched.shift()! : tail.bytes.subarray(start - tail.start, end - tail.start),
      );
    },
  };
}

function footerLength(name: string, tail: Uint8Array, sizeBytes: number): number {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const magic = String.fromCharCode(...tail.subarray(-4));
  if (magic === 'PARE') {
    const hint = 'Decrypt it first; encrypted files are not read.';
    throw unsupportedFile(name, 'its footer is encrypted', hint);
  }
  if (magic !== 'PAR1')
    throw damagedFile(name, 'it does not end as a Parquet file does: it is another kind of file, or cut off');
  const length = view.getUint32(tail.byteLength - ending, true);
  if (length > sizeBytes - ending - 4)
    throw damagedFile(name, `its footer claims ${length} bytes, and the file has ${sizeBytes}`);
  if (length > maxFooter) {
    throw unsupportedFile(
      name,
      `its footer claims ${length} bytes`,
      `Footers are read up to ${maxFooter} bytes.`,
    );
  }
  return length;
}

/** Statistics stay as they are stored, so that no comparison is made with rounded values. */
const exactly = {
  timestampFromMilliseconds: (value: bigint) => value,
  timestampFromMicroseconds: (value: bigint) => value,
  timestampFromNanoseconds: (value: bigint) => value,
  dateFromDays: (value: number) => value,
  stringFromBytes: (value: Uint8Array) => value,
  uuidFromBytes: (value: Uint8Array) => value,
};

async function parseFooter(name: string, footer: Uint8Array): Promise<FileMetaData> {
  const { parquetMetadata } = await import('hyparquet');
  try {
    return parquetMetadata(footer, { parsers: exactly, geoparquet: false });
  } catch (error) {
    throw explained(name, 'its footer is damaged', error);
  }
}
