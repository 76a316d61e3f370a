/** From the text of a field to a typed value, or a word on why not. */
import { exactInteger, losesDigits } from '../numbers/loses-digits.js';
import type { ColumnType } from './column-type.js';

export type Cell = string | number | bigint | boolean | Date | null;

/** What an explicitly typed field must look like. */
export const castHints: Readonly<Record<ColumnType, string>> = {
  string: 'any text',
  number: 'a decimal number such as -1.5 or 2e6',
  integer: 'a whole number between -(2^53-1) and 2^53-1',
  bigint: 'a whole number of any length',
  boolean: 'true, false, 1 or 0',
  date: 'an ISO 8601 date such as 2026-01-31 or 2026-01-31T12:00:00Z',
};

/**
 * The value of a text, or undefined when it does not fit the type: also a whole number that would lose digits. An empty
 * text is null, except as a string. The command line reads typed inputs by the same rules.
 *
 * @example
 * ```ts
 * import { castField } from '@flowerpower/io';
 *
 * castField('2026-01-31', 'date'); // 2026-01-31T00:00:00.000Z
 * castField('9007199254740993', 'number'); // undefined
 * castField('9007199254740993', 'bigint'); // 9007199254740993n
 * ```
 */
export function castField(text: string, type: ColumnType): Cell | undefined {
  if (type === 'string') return text;
  if (text === '') return null;
  return casts[type](text);
}

const casts: Readonly<Record<Exclude<ColumnType, 'string'>, (text: string) => Cell | undefined>> = {
  number(text) {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
    return losesDigits(text) ? undefined : Number(text);
  },
  integer(text) {
    if (!/^[+-]?\d+$/.test(text)) return undefined;
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : undefined;
  },
  bigint: (text) => (/^[+-]?\d+$/.test(text) ? exactInteger(text) : undefined),
  boolean(text) {
    if (/^(true|1)$/i.test(text)) return true;
    return /^(false|0)$/i.test(text) ? false : undefined;
  },
  date: parseIsoDate,
};

const isoPattern =
  /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * An ISO 8601 date or timestamp. Without an offset it is UTC, whatever the machine's time zone; fractions beyond
 * milliseconds are cut off. Days that the calendar does not have are refused, and so are moments that a Date cannot hold. Years
 * outside of 0 to 9999 have a sign and six digits, as they are written.
 */
function parseIsoDate(text: string): Date | undefined {
  const match = isoPattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = match;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const local = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  // Date accepts February 30th as March 2nd, and 24:00 as the next day.
  if (Number.isNaN(local.getTime()) || local.getUTCDate() !== Number(day)) return undefined;
  const moment = new Date(local.getTime() - offsetMs(offset));
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', ''));
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
