import { ioError } from '../errors/io-error.js';

/**
 * Bytes as text in an encoding of `TextDecoder`, without a byte order mark. FP_IO_ENCODING names the line of the first malformed byte, and the encoding
 * that a byte order mark tells where it is another one.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  encoding: string = 'utf-8',
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw encodingError(file, encoding, line + linesBeforeFault(chunk, encoding), cause);
    }
  };
  for await (const chunk of withCheckedMark(chunks, file, encoding)) {
    const text = decode(chunk);
    if (text !== '') yield text;
    line += countLineBreaks(text);
  }
  const rest = decode(undefined);
  if (rest !== '') yield rest;
}

/** Everything as one text. */
export async function readWholeText(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  encoding?: string,
): Promise<string> {
  let whole = '';
  for await (const text of decodeText(chunks, file, encoding)) whole += text;
  return whole;
}

/** The same bytes; the first three come in one chunk, and no byte order mark of another encoding begins them. */
async function* withCheckedMark(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  encoding: string,
): AsyncGenerator<Uint8Array, void> {
  let head: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = head.byteLength === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.byteLength < 3) continue;
    requireMark(head, file, encoding);
    yield head;
    head = undefined;
  }
  if (head === undefined) return;
  requireMark(head, file, encoding);
  yield head;
}

function requireMark(head: Uint8Array, file: string, encoding: string): void {
  const marked = encodingOfMark(head);
  if (marked === undefined || marked === encoding) return;
  throw ioError({
    code: 'FP_IO_ENCODING',
    message: `'${file}' begins with the byte order mark of ${marked}, and was to be read as ${encoding}.`,
    hint: `Set encoding: ${marked}${marked === 'utf-8' ? ', or leave it out' : ', where the format takes it, or convert the file to UTF-8'}.`,
    places: [{ file, line: 1 }],
  });
}

/** No text in another encoding begins so: the marks are malformed there, or letters that nobody puts together. */
function encodingOfMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function linesBeforeFault(chunk: Uint8Array | undefined, encoding: string): number {
  const lenient = new TextDecoder(encoding).decode(chunk);
  return countLineBreaks(lenient.slice(0, Math.max(0, lenient.indexOf('\ufffd'))));
}

function countLineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function encodingError(file: string, encoding: string, line: number, cause: unknown) {
  return ioError({
    code: 'FP_IO_ENCODING',
    message: `'${file}' is not ${encoding} text: line ${line} holds bytes that ${encoding} does not allow.`,
    hint: 'Set encoding, where the format takes it, to the one that the file has (windows-1252 is common in Western Europe), or convert the file to UTF-8.',
    places: [{ file, line }],
    cause,
  });
}
