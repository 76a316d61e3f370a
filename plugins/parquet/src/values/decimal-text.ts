/** Decimals are stored as whole numbers and the place of their point. */

/** What is stored: a number, or the bytes of one, the highest first, in two's complement. */
export function signedInteger(stored: number | bigint | Uint8Array): bigint {
  if (!(stored instanceof Uint8Array)) return BigInt(stored);
  if (stored.byteLength === 0) return 0n;
  const hex = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength).toString('hex');
  return BigInt.asIntN(stored.byteLength * 8, BigInt(`0x${hex}`));
}

export interface Decimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** The decimal that a text or number writes; undefined for what is none. */
export function parseDecimal(value: string | number | bigint): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i.exec(String(value)) ?? [];
  if (whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  const unscaled = sign === '-' ? -digits : digits;
  return scale >= 0 ? { unscaled, scale } : { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 };
}
