import { DriverFailure } from '../contract/file-system-driver.js';

/** Bytes as they are, text as UTF-8. Text that UTF-8 cannot express is refused instead of being altered. */
export function toBytes(data: Uint8Array | string): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (typeof data !== 'string') {
    throw new DriverFailure(
      'Unsupported',
      `bytes or text can be written, not ${data === null ? 'null' : typeof data}`,
    );
  }
  const bytes = Buffer.from(data, 'utf8');
  // Half of a surrogate pair is written as U+FFFD: look closer only where that sequence appears.
  if (bytes.includes(replacement) && /\p{Surrogate}/u.test(data)) {
    throw new DriverFailure('InvalidText', 'the text holds half of a surrogate pair');
  }
  return bytes;
}

const replacement = Buffer.from('\ufffd', 'utf8');
