/**
 * A whole number and the place of its point as a decimal, with every digit of the scale.
 *
 * @example
 * ```ts
 * import { decimalText } from '@flowerpower/io';
 *
 * decimalText(12345n, 2); // '123.45'
 * decimalText(-5n, 2); // '-0.05'
 * ```
 */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
