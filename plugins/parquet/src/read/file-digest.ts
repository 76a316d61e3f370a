/** The digest of a file that is read in pieces, as long as the pieces come in order and leave nothing out. */
import { createHash } from 'node:crypto';
import type { ByteSpan, ParquetFile } from '../footer/open-parquet.js';

export interface FileDigest {
  /** As {@link ParquetFile.read}, with what lies before and between the spans. */
  read(spans: readonly ByteSpan[]): Promise<Uint8Array[]>;
  /** Reads the rest, too. */
  end(): Promise<string>;
}

/** Bytes that are read at once of what holds no values. */
const pieceBytes = 1024 * 1024;

export function fileDigest(file: ParquetFile): FileDigest {
  let hash = createHash('sha256');
  let position = 0;
  const readOn = async (end: number): Promise<void> => {
    while (position < end) {
      const piece = { start: position, end: Math.min(end, position + pieceBytes) };
      hash.update((await file.read([piece]))[0]!);
      position = piece.end;
    }
  };
  return {
    async read(spans) {
      const start = Math.min(...spans.map((span) => span.start));
      const end = Math.max(...spans.map((span) => span.end));
      // Row groups that do not lie in their order: the whole file is read once more at the end.
      if (start < position) return file.read(spans);
      const [block] = await file.read([{ start: position, end }]);
      hash.update(block!);
      const offset = position;
      position = end;
      return spans.map((span) => block!.subarray(span.start - offset, span.end - offset));
    },
    async end() {
      await readOn(file.sizeBytes);
      return hash.digest('hex');
    },
  };
}
