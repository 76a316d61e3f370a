/** Times as ISO 8601, with every digit that is stored. */

/** How fine a time is, as digits behind the second. */
export type SecondDigits = 0 | 3 | 6 | 9;

/**
 * @param units - of that many digits of a second, since midnight.
 *
 * @example
 * ```ts
 * import { timeText } from '@flowerpower/io';
 *
 * timeText(3_600_000_001n, 6); // '01:00:00.000001'
 * ```
 */
export function timeText(units: bigint, digits: SecondDigits): string {
  const perSecond = 10n ** BigInt(digits);
  const seconds = units / perSecond;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return digits === 0 ? clock : `${clock}.${String(units % perSecond).padStart(digits, '0')}`;
}

/**
 * @param units - of that many digits of a second, since 1970.
 * @param isUtc - without it, what a clock somewhere showed, and no Z is written.
 *
 * @example
 * ```ts
 * import { timestampText } from '@flowerpower/io';
 *
 * timestampText(1n, 9, true); // '1970-01-01T00:00:00.000000001Z'
 * ```
 */
export function timestampText(units: bigint, digits: SecondDigits, isUtc: boolean): string {
  const perDay = 86_400n * 10n ** BigInt(digits);
  const rest = ((units % perDay) + perDay) % perDay;
  return `${dayText(Number((units - rest) / perDay))}T${timeText(rest, digits)}${isUtc ? 'Z' : ''}`;
}

/**
 * @param days - since 1970. Outside of what a Date holds, the number of days itself.
 *
 * @example
 * ```ts
 * import { dayText } from '@flowerpower/io';
 *
 * dayText(-1); // '1969-12-31'
 * ```
 */
export function dayText(days: number): string {
  const date = new Date(days * 86_400_000);
  return Number.isNaN(date.getTime()) ? `day ${days}` : date.toISOString().replace(/T.*/, '');
}

/** What a Date can hold, in milliseconds around 1970. */
const maxMs = 8_640_000_000_000_000;

/**
 * A Date and whether it is all of the time; undefined where no Date holds it.
 *
 * @param units - of that many digits of a second, since 1970.
 */
export function dateOf(units: bigint, digits: SecondDigits): { date: Date; isExact: boolean } | undefined {
  const number = Number(units);
  const perMs = 10 ** (digits - 3);
  // Exact, and faster than with bigint, for the times of some thousand years.
  if (Number.isSafeInteger(number) && Math.abs(number / perMs) <= maxMs) {
    const ms = perMs < 1 ? number * 1000 : Math.floor(number / perMs);
    return { date: new Date(ms), isExact: perMs < 1 || number % perMs === 0 };
  }
  const factor = 10n ** BigInt(Math.abs(digits - 3));
  const rest = digits < 3 ? 0n : ((units % factor) + factor) % factor;
  const ms = digits < 3 ? units * factor : (units - rest) / factor;
  return ms > maxMs || ms < -maxMs ? undefined : { date: new Date(Number(ms)), isExact: rest === 0n };
}
