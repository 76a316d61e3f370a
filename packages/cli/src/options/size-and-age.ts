/** Sizes and ages as people write them. */
import { InvalidArgumentError } from 'commander';

const sizeUnits: Readonly<Record<string, number>> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 };
const ageUnits: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Bytes. */
export function size(value: string): number {
  return withUnit(value.toUpperCase(), sizeUnits, 'It must be a size, as 500MB: B, KB, MB or GB.');
}

/** Seconds. */
export function age(value: string): number {
  return withUnit(value.toLowerCase(), ageUnits, 'It must be an age, as 36h or 7d: s, m, h or d.');
}

function withUnit(value: string, units: Readonly<Record<string, number>>, expected: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]+)$/.exec(value.trim()) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (digits === undefined || factor === undefined) throw new InvalidArgumentError(expected);
  return Number(digits) * factor;
}
