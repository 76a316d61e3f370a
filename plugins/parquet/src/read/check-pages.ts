/**
 * What the pages of a column chunk claim, held to what can be true, before the library believes it: it makes arrays of the
 * lengths that it reads, and a few bytes may claim billions of values.
 */
import { crc32 } from 'node:zlib';
import type { ColumnMetaData } from 'hyparquet/src/types.js';
import type { PageHeader } from 'hyparquet';
import { checkRuns } from './check-runs.js';
import { parquetHeader } from './library.js';
import type { Decompress, Decompressors } from './decompress.js';

/** How often a byte of a page may stand for another value: the levels of a column without values are all there is. */
export interface ChunkShape {
  /** How many parts of its path may be absent. */
  readonly maxDefinition: number;
  /** How many parts of its path repeat. */
  readonly maxRepetition: number;
  readonly rows: number;
}

/** Decompressed pages by their offset in the chunk. */
export type Pages = ReadonlyMap<number, Uint8Array>;

/** Throws what is wrong with the pages of a chunk, in words. */
export function checkPages(
  chunk: ArrayBuffer,
  { codec, num_values: values, type }: ColumnMetaData,
  decompressors: Decompressors,
  shape: ChunkShape,
): Pages {
  const decompress = decompressors[codec];
  if (decompress === undefined) throw new Error(`its compression ${codec} is not supported`);
  const reader = { view: new DataView(chunk), offset: 0 };
  const pages = new Map<number, Uint8Array>();
  const isFlat = shape.maxRepetition === 0;
  if (isFlat && values !== BigInt(shape.rows))
    throw new Error(`it has ${values} values for ${shape.rows} rows`);
  let left = Number(values);
  while (left > 0) {
    if (reader.offset >= chunk.byteLength) throw new Error(`${left} of its values are missing`);
    const header = parquetHeader(reader);
    const start = reader.offset;
    const compressed = bytesOf(chunk, start, header.compressed_page_size);
    if (header.crc !== undefined && crc32(compressed) !== header.crc >>> 0)
      throw new Error('the checksum of a page does not fit its bytes');
    reader.offset += header.compressed_page_size;
    const levels = levelBytes(header);
    const page = pageBytes(header, compressed.subarray(levels), decompress);
    pages.set(start + levels, page);
    left -= checkPage(header, { page, compressed, type, left, shape });
  }
  return pages;
}

function bytesOf(chunk: ArrayBuffer, start: number, length: number): Uint8Array {
  if (!(length >= 0 && start + length <= chunk.byteLength)) throw new Error('a page ends behind its column');
  return new Uint8Array(chunk, start, length);
}

function pageBytes(header: PageHeader, input: Uint8Array, decompress: Decompress): Uint8Array {
  const outputBytes = header.uncompressed_page_size - levelBytes(header);
  if (header.data_page_header_v2?.is_compressed === false) return input;
  // A page without values may have a body of its own all the same.
  const page = outputBytes === 0 ? new Uint8Array() : decompress(input, outputBytes);
  if (page.byteLength === outputBytes) return page;
  throw new Error(`a page has ${page.byteLength} bytes instead of ${outputBytes}`);
}

/** Of the newer kind of page, whose levels come first and are not compressed. */
function levelBytes({ data_page_header_v2: header }: PageHeader): number {
  return header === undefined
    ? 0
    : header.definition_levels_byte_length + header.repetition_levels_byte_length;
}

interface PageContent {
  readonly page: Uint8Array;
  readonly compressed: Uint8Array;
  readonly type: ColumnMetaData['type'];
  readonly left: number;
  readonly shape: ChunkShape;
}

/** The number of values in a page. */
function checkPage(header: PageHeader, content: PageContent): number {
  const { page, compressed, type, left, shape } = content;
  if (header.type === 'DICTIONARY_PAGE') {
    const count = header.dictionary_page_header?.num_values ?? -1;
    if (!(count >= 0 && count <= page.byteLength * 8)) throw new Error(`a dictionary claims ${count} values`);
    return 0;
  }
  const v1 = header.data_page_header;
  const v2 = header.data_page_header_v2;
  const count = (v1 ?? v2)?.num_values ?? -1;
  if (!(count >= 0 && count <= left)) throw new Error(`a page claims ${count} of the ${left} values left`);
  const definition = { width: widthOf(shape.maxDefinition), count };
  const repetition = { width: widthOf(shape.maxRepetition), count };
  let offset = 0;
  if (v1 !== undefined) {
    for (const [max, runs] of [
      [shape.maxRepetition, repetition],
      [shape.maxDefinition, definition],
    ] as const) {
      if (max === 0) continue;
      const length = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(offset, true);
      checkRuns(page.subarray(offset + 4, offset + 4 + length), runs);
      offset += 4 + length;
    }
  } else if (v2 !== undefined) {
    const { repetition_levels_byte_length: first, definition_levels_byte_length: second } = v2;
    if (!(v2.num_rows >= 0 && v2.num_rows <= shape.rows) || !(v2.num_nulls >= 0 && v2.num_nulls <= count))
      throw new Error(`a page claims ${v2.num_rows} rows`);
    if (shape.maxRepetition > 0) checkRuns(compressed.subarray(0, first), repetition);
    if (shape.maxDefinition > 0) checkRuns(compressed.subarray(first, first + second), definition);
  }
  const encoding = (v1 ?? v2)?.encoding;
  if (encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY') {
    if (page.byteLength > offset)
      checkRuns(page.subarray(offset + 1), { width: page[offset]!, count, atMost: true });
  } else if (encoding === 'RLE' && type === 'BOOLEAN') {
    checkRuns(page.subarray(offset + 4), { width: 1, count, atMost: true });
  }
  return count;
}

function widthOf(maxLevel: number): number {
  return 32 - Math.clz32(maxLevel);
}
