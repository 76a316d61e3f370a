/** The names of the columns, without the rows below them. */
import type { IoContext } from '../../contract/io.js';
import { decodeText } from '../../source/decode-text.js';
import { openSource } from '../../source/open-source.js';
import type { CsvLoadOptions } from './csv-options.js';
import { CsvSyntaxFault, csvRecords } from './csv-records.js';
import { skipLines } from './skip-lines.js';

/** Characters in which a header must end. A quote that is never closed would lead through the whole file. */
const maxHeader = 1_000_000;

/** Undefined where the file has none, or none that can be read. */
export async function csvHeader(
  options: CsvLoadOptions,
  context: IoContext,
): Promise<readonly string[] | undefined> {
  if (options.header !== undefined) return options.header;
  const source = openSource(options, context);
  try {
    const texts = start(
      skipLines(decodeText(source.chunks, options.path, options.encoding), options.skipLines),
    );
    for await (const [header] of csvRecords(texts, options)) if (header !== undefined) return header;
    return undefined;
  } catch (error) {
    if (error instanceof CsvSyntaxFault) return undefined;
    throw error;
  } finally {
    await source.chunks.return();
  }
}

async function* start(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  let length = 0;
  for await (const text of texts) {
    yield text;
    length += text.length;
    if (length > maxHeader) return;
  }
}
