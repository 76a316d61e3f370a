import { ioError } from '../../errors/io-error.js';
import { findJsonFault } from './find-json-fault.js';

/** `JSON.parse` whose error tells line and column. `firstLine` is the line of the file on which the text begins. */
export function parseJson(text: string, file: string, firstLine = 1): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const offset = findJsonFault(text);
    const before = text.slice(0, offset);
    const line = firstLine + before.split('\n').length - 1;
    const column = offset - before.lastIndexOf('\n');
    const found = offset >= text.length ? 'the text ends' : `${JSON.stringify(text[offset])} stands`;
    throw ioError({
      code: 'FP_IO_PARSE',
      message: `'${file}' is not valid JSON: ${found} where it must not, at line ${line}, column ${column}.`,
      hint: 'JSON wants double quotes around keys and texts, and has no comments and no trailing commas.',
      places: [{ file, line, column }],
      cause,
    });
  }
}
