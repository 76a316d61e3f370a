/**
 * True for a whole number, in digits or as 0x or 0o, that comes out as another one when it is read as a JavaScript
 * number (9007199254740993 becomes 9007199254740992), and for any number that is too large to be one (1e400).
 *
 * What JavaScript itself writes (1152921504606847000 for 2^60) comes back as it was, and loses nothing. Fractions are
 * rounded everywhere, and are not judged.
 */
export function losesDigits(text: string): boolean {
  const number = Number(text);
  if (Number.isSafeInteger(number) || Number.isNaN(number)) return false;
  // `Infinity` and `.inf` are meant.
  if (!Number.isFinite(number)) return /\d/.test(text);
  const exact = exactInteger(text);
  return exact !== undefined && exact !== BigInt(number) && exact.toString() !== String(number);
}

/** The whole number that a text writes in digits, or as 0x or 0o. */
export function exactInteger(text: string): bigint | undefined {
  const [, sign, digits] = /^([+-]?)(\d+|0[xo][\da-f]+)$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return sign === '-' ? -BigInt(digits) : BigInt(digits);
}
