import { ioError } from '../errors/io-error.js';

/** UTF-8 bytes as text, without a byte order mark. FP_IO_ENCODING names the line of the first malformed byte. */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw encodingError(file, line + linesBeforeFault(chunk), cause);
    }
  };
  for await (const chunk of chunks) {
    const text = decode(chunk);
    if (text !== '') yield text;
    line += countLineBreaks(text);
  }
  const rest = decode(undefined);
  if (rest !== '') yield rest;
}

/** Everything as one text. */
export async function readWholeText(chunks: AsyncIterable<Uint8Array>, file: string): Promise<string> {
  let whole = '';
  for await (const text of decodeText(chunks, file)) whole += text;
  return whole;
}

function linesBeforeFault(chunk: Uint8Array | undefined): number {
  const lenient = new TextDecoder('utf-8').decode(chunk);
  return countLineBreaks(lenient.slice(0, Math.max(0, lenient.indexOf('\ufffd'))));
}

function countLineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function encodingError(file: string, line: number, cause: unknown) {
  return ioError({
    code: 'FP_IO_ENCODING',
    message: `'${file}' is not UTF-8 text: line ${line} holds bytes that UTF-8 does not allow.`,
    hint: 'Convert the file to UTF-8, for example with iconv.',
    places: [{ file, line }],
    cause,
  });
}
