/** Times as ISO 8601, with every digit that is stored. */
import type { TimeUnit } from 'hyparquet';

/** Digits behind the second. */
const digitsOf: Readonly<Record<TimeUnit, number>> = { MILLIS: 3, MICROS: 6, NANOS: 9 };

/** @param units - since midnight. */
export function timeText(units: bigint, unit: TimeUnit): string {
  const digits = digitsOf[unit];
  const perSecond = 10n ** BigInt(digits);
  const seconds = units / perSecond;
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${clock.join(':')}.${String(units % perSecond).padStart(digits, '0')}`;
}

/**
 * @param units - since 1970.
 * @param utc - without it, what a clock somewhere showed, and no Z is written.
 */
export function timestampText(units: bigint, unit: TimeUnit, utc: boolean): string {
  const perDay = 86_400n * 10n ** BigInt(digitsOf[unit]);
  const rest = ((units % perDay) + perDay) % perDay;
  return `${dayText(Number((units - rest) / perDay))}T${timeText(rest, unit)}${utc ? 'Z' : ''}`;
}

/** @param days - since 1970. Outside of what a Date holds, the number of days itself. */
export function dayText(days: number): string {
  const date = new Date(days * 86_400_000);
  return Number.isNaN(date.getTime()) ? `day ${days}` : date.toISOString().replace(/T.*/, '');
}
