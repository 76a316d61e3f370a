/** An Arrow file or stream as its record batches, in one pass and in bounded memory. */
import { createHash } from 'node:crypto';
import { FlowerPowerError, isFlowerPowerError, messageOf, shorten } from '@flowerpower/core';
import type { IoContext, IoMetadata } from '@flowerpower/io';
import type { RecordBatch, Schema } from 'apache-arrow';
import { loadArrow } from './library.js';

const magic = 'ARROW1';
/** The magic word, filled up to eight bytes. */
const headBytes = 8;
/** The length of the footer, and the magic word. */
const endingBytes = 10;

/** What is known of the file. */
export interface StoredFile {
  readonly size: number | undefined;
  readonly version: string | undefined;
}

export interface BatchSource {
  readonly schema: Schema;
  readonly batches: AsyncIterable<RecordBatch>;
  /** Closes the file, if it was not read to its end. */
  close(): Promise<void>;
  /** Reads the rest; then the facts about the stored file. */
  facts(): Promise<Pick<IoMetadata, 'uri' | 'bytes'> & { readonly sha256: string }>;
}

/**
 * Opens either format: a file is a stream between its magic word and its footer. FP_IO_PARSE for what is neither, or is
 * damaged.
 */
export async function openBatches(
  file: string,
  context: IoContext,
  stored: StoredFile,
): Promise<BatchSource> {
  const { fs, path } = context.resolve(file);
  const { signal } = context;
  const { size = 0, version } = stored;
  const library = await loadArrow();
  const hash = createHash('sha256');
  let bytes = 0;
  const footer = await readFooter(file, size, (range) => fs.read(path, { range, ifMatch: version, signal }));
  const end = footer?.start ?? size;
  const schemaMessage = footer && (await explained(file, () => schemaOf(footer.bytes)));

  const stream = await fs.createReadStream(path, { ifMatch: version, signal });
  let failure: unknown;
  async function* stored_(): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  const chunks = stored_();
  async function* data(): AsyncGenerator<Uint8Array, void> {
    let position = 0;
    let head = new Uint8Array();
    let isOpen = true;
    if (schemaMessage !== undefined) yield schemaMessage;
    while (isOpen) {
      // Not `for await`, which would close what is read on for its digest.
      const { done, value } = await chunks.next();
      if (done === true) break;
      let chunk =
        position === 0 && head.byteLength > 0 ? new Uint8Array(Buffer.concat([head, value])) : value;
      if (position === 0 && chunk.byteLength < headBytes) {
        head = new Uint8Array(chunk);
        continue;
      }
      const isFile = position === 0 && textOf(chunk.subarray(0, magic.length)) === magic;
      const skipped = isFile ? headBytes : 0;
      const left = end - position;
      position += chunk.byteLength;
      isOpen = left > chunk.byteLength;
      chunk = chunk.subarray(skipped, Math.min(chunk.byteLength, left));
      if (chunk.byteLength > 0) yield chunk;
    }
    if (position === 0 && head.byteLength > 0) yield head;
  }

  const close = async (): Promise<void> => {
    await chunks.return();
    stream.destroy();
  };
  const explain = async (error: unknown): Promise<never> => {
    await close();
    if (failure !== undefined) throw failure;
    if (isFlowerPowerError(error)) throw error;
    throw damaged(file, shorten(messageOf(error), 200), error);
  };

  try {
    const reader = await library.RecordBatchReader.from(data());
    await reader.open();
    if (reader.schema === undefined || reader.schema === null) throw damaged(file, 'it has no schema');
    async function* batches(): AsyncGenerator<RecordBatch, void> {
      try {
        for await (const batch of reader as AsyncIterable<RecordBatch>) yield batch;
      } catch (error) {
        await explain(error);
      }
    }
    return {
      schema: reader.schema,
      batches: batches(),
      close,
      async facts() {
        for (;;) if ((await chunks.next()).done === true) break;
        return { uri: fs.uri(path), bytes, sha256: hash.digest('hex') };
      },
    };
  } catch (error) {
    return explain(error);
  }
}

interface Footer {
  /** Where it begins, and the data ends. */
  readonly start: number;
  /** With its length and the magic word behind it. */
  readonly bytes: Uint8Array;
}

/** Bytes of the end of the file that are read first. */
const firstRead = 16 * 1024;

/** Undefined for a stream. */
async function readFooter(
  file: string,
  size: number,
  read: (range: { readonly start: number; readonly end: number }) => Promise<Uint8Array>,
): Promise<Footer | undefined> {
  if (size < headBytes + endingBytes) return undefined;
  const tailStart = Math.max(0, size - firstRead);
  const tail = await read({ start: tailStart, end: size });
  if (textOf(tail.subarray(-magic.length)) !== magic) return undefined;
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const footerBytes = view.getInt32(tail.byteLength - endingBytes, true);
  const start = size - endingBytes - footerBytes;
  if (footerBytes <= 0 || start < headBytes) throw damaged(file, `its footer claims ${footerBytes} bytes`);
  const bytes = start >= tailStart ? tail.subarray(start - tailStart) : await read({ start, end: size });
  return { start, bytes };
}

/**
 * The message with which a stream of the file's data begins. That of the file may be left out, as apache-arrow does; a second
 * one changes nothing.
 */
async function schemaOf(footer: Uint8Array): Promise<Uint8Array> {
  const library = await loadArrow();
  const head = new Uint8Array(headBytes);
  head.set(Buffer.from(magic, 'latin1'));
  const { schema } = library.RecordBatchReader.from(Buffer.concat([head, footer])).open();
  const writer = new library.RecordBatchStreamWriter();
  writer.write(new library.Table(schema));
  writer.finish();
  // Without the mark of the end.
  return writer.toUint8Array(true).subarray(0, -8);
}

async function explained<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw damaged(file, `its footer is damaged (${shorten(messageOf(error), 200)})`, error);
  }
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function damaged(file: string, what: string, cause?: unknown): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_PARSE',
    message: `'${file}' cannot be read as Arrow: ${what}.`,
    hint: 'Fetch or write the file again if it is damaged, and look whether it is an Arrow file or stream at all.',
    places: [{ file }],
    cause,
  });
}
