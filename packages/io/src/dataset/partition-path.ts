/** Columns as names of folders, as Hive, Spark, DuckDB and Arrow write them: `year=2024/month=1`. */
import { types } from 'node:util';
import { kindOf } from '@flowerpower/core';

/** Stands for null. The text of the same letters is written with `%5F`. */
const nullText = '__HIVE_DEFAULT_PARTITION__';

/** A column and its text in a path; null where the path says null. */
export type Partition = readonly [name: string, text: string | null];

/** As many bytes as a file system allows in one name. */
const maxBytes = 255;

/** The columns that the folders of a path below its base name. The last segment is the file. */
export function partitionsOf(below: string): Partition[] {
  return below
    .split('/')
    .slice(0, -1)
    .flatMap((segment): Partition[] => {
      const at = segment.indexOf('=');
      if (at < 1) return [];
      const text = segment.slice(at + 1);
      return [[decoded(segment.slice(0, at)), text === nullText ? null : decoded(text)]];
    });
}

/** What others wrote may hold a `%` that escapes nothing: it is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export type PartitionFault = { readonly what: string; readonly hint: string };

export interface PartitionText {
  /** Null for null. */
  readonly text: string | null;
  /** The type of the column; undefined for null. */
  readonly type: string | undefined;
}

/** A value as the text of a folder name, or why it cannot be one. */
export function partitionText(value: unknown): PartitionText | PartitionFault {
  if (value === null || value === undefined) return { text: null, type: undefined };
  switch (typeof value) {
    case 'string':
      return isWellFormed(value)
        ? { text: value, type: 'string' }
        : {
            what: 'half of a surrogate pair',
            hint: 'Such a text was usually cut in the middle of an emoji.',
          };
    case 'boolean':
    case 'bigint':
      return { text: String(value), type: typeof value };
    case 'number':
      return Number.isFinite(value)
        ? { text: String(value), type: 'number' }
        : { what: String(value), hint: 'Use null for a missing number.' };
    default: {
      if (!types.isDate(value))
        return {
          what: kindOf(value),
          hint: 'A folder is named after one plain value: a text, a number, true or false, a bigint or a Date.',
        };
      const time = Date.prototype.getTime.call(value);
      return Number.isNaN(time)
        ? { what: 'an invalid Date', hint: 'Use null for a missing date.' }
        : { text: new Date(time).toISOString(), type: 'date' };
    }
  }
}

/** The name of a folder, or undefined where file systems would not take it. */
export function partitionSegment(name: string, text: string | null): string | undefined {
  const segment = `${encoded(name).replace(/^[_.]/, hex)}=${text === null ? nullText : encodedText(text)}`;
  return segment.length > maxBytes ? undefined : segment;
}

function encodedText(text: string): string {
  return text === nullText ? `%5F${text.slice(1)}` : encoded(text).replace(/\.$/, hex);
}

/** Also what has a meaning in patterns, or that Windows does not allow. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, hex);
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
