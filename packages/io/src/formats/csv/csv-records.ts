/** Drives csv-parse: text in, records out, in step, so that memory is bounded by one chunk. */
import type { CsvError, Parser } from 'csv-parse';
import type { CsvLoadOptions } from './csv-options.js';

/** A fault that the parser met: which record and field it was working on, in its words. */
export class CsvSyntaxFault extends Error {
  override readonly name = 'CsvSyntaxFault';
  readonly record: number;
  readonly field: number;

  constructor(error: CsvError) {
    super(sentences[error.code] ?? error.message, { cause: error });
    this.record = Number(error['records']);
    this.field = Number(error['column']);
  }
}

const sentences: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: 'the quote that opens here is never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'a closing quote is followed by more text; a quote inside of a field is written twice',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'a closing quote is followed by more text',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a field; such a field must be quoted as a whole',
  CSV_MAX_RECORD_SIZE: 'a record is longer than 64 million characters; a quote may not be closed',
};

/** Characters. Protects memory from a quote that is never closed in a large file. */
const maxRecordSize = 64_000_000;

/** The records found in each chunk of text. Rows may be ragged. */
export async function* csvRecords(
  texts: AsyncIterable<string>,
  { delimiter, quote, comment }: Pick<CsvLoadOptions, 'delimiter' | 'quote' | 'comment'>,
): AsyncGenerator<string[][], void> {
  const { parse } = await import('csv-parse');
  const parser = parse({
    delimiter,
    quote,
    escape: quote,
    comment: comment ?? null,
    comment_no_infix: true,
    // All three are line breaks in one file too; the longest first.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecordSize,
  });
  let records: string[][] = [];
  parser.on('data', (record: string[]) => records.push(record));
  const take = () => {
    const taken = records;
    records = [];
    return taken;
  };
  try {
    for await (const text of texts) {
      await settle(parser, (done) => parser.write(text, done));
      yield take();
    }
    await settle(parser, (done) => parser.once('end', done).end());
    yield take();
  } finally {
    parser.destroy();
  }
}

/** Resolves when `step` calls back, rejects when the parser fails. */
function settle(parser: Parser, step: (done: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: CsvError) => reject(new CsvSyntaxFault(error));
    parser.once('error', fail);
    step(() => {
      // After a failure `write` calls back as well; the error event follows it.
      if (parser.errored !== null) return;
      parser.off('error', fail);
      resolve();
    });
  });
}
