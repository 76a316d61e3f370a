import { ioError } from '../errors/io-error.js';

const replacement = Buffer.from('\ufffd', 'utf8');

/** Text as UTF-8. Half of a surrogate pair is an error, where the platform would write U+FFFD without a word. */
export function encodeText(text: string, file: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.includes(replacement) && /\p{Surrogate}/u.test(text)) {
    const at = text.search(/\p{Surrogate}/u);
    const near = JSON.stringify(text.slice(Math.max(0, at - 20), at + 1));
    throw ioError({
      code: 'FP_IO_VALUE',
      message: `'${file}' cannot be saved: a text holds half of a surrogate pair, at the end of ${near}.`,
      hint: 'Such a text was usually cut in the middle of an emoji; cut by code points instead.',
    });
  }
  return bytes;
}
