/** A condition in the terms of what its column stores, so that values are compared before anything is rounded. */
import { FlowerPowerError, shorten } from '@flowerpower/core';
import { compareKeys } from '@flowerpower/fs';
import { castField } from '@flowerpower/io';
import type { SchemaElement } from 'hyparquet';
import { parseDecimal, signedInteger } from '../values/decimal-text.js';
import { kindOfLeaf, type LeafKind } from '../values/kind-of-leaf.js';
import type { Condition, FilterValue } from './filter-option.js';

/** Below 0 where a stored value comes before that of the condition, 0 where they are equal; NaN where neither. */
type Compare = (stored: unknown) => number;

export interface CompiledCondition {
  readonly column: string;
  /** Of a stored value that is not null. */
  readonly compare: Compare;
  /** Of a bound of the statistics, which for texts and decimals are stored in other forms. */
  readonly compareBound: Compare | undefined;
  readonly operator: Condition['operator'];
  /** The condition asks for null, or for anything else. */
  readonly isOfNull: boolean;
}

/** FP_IO_OPTIONS for a value that the column cannot hold. */
export function compileCondition(
  condition: Condition,
  { element, children }: { readonly element: SchemaElement; readonly children: readonly unknown[] },
  file: string,
): CompiledCondition {
  const { column, operator, value } = condition;
  const kind = kindOfLeaf(element);
  const isFlat = children.length === 0 && element.repetition_type !== 'REPEATED';
  if (value === null) {
    if (operator !== 'eq' && operator !== 'ne')
      throw unfit(condition, file, `null has no order; it takes eq or ne`);
    return { column, operator, isOfNull: true, compare: () => Number.NaN, compareBound: undefined };
  }
  const made = isFlat ? comparisons(kind, value) : undefined;
  if (made === undefined)
    throw unfit(condition, file, `the column holds ${isFlat ? wordFor[kind.is] : 'lists or objects'}`);
  return { column, operator, isOfNull: false, ...made };
}

const wordFor: Readonly<Record<LeafKind['is'], string>> = {
  boolean: 'booleans, which take true and false',
  integer: 'numbers',
  bigint: 'whole numbers',
  number: 'numbers',
  decimal: 'decimals, which take a number or its digits as a text',
  string: 'texts',
  enum: 'texts',
  uuid: 'UUIDs, which take their text',
  date: 'dates, which take an ISO 8601 text such as 2026-01-31',
  timestamp: 'timestamps, which take an ISO 8601 text such as 2026-01-31T12:00:00Z, down to the millisecond',
  time: 'times of day, of which only null is compared',
  json: 'JSON, of which only null is compared',
  bytes: 'bytes, of which only null is compared',
  interval: 'intervals, of which only null is compared',
  null: 'nothing but null',
};

type Comparisons = Pick<CompiledCondition, 'compare' | 'compareBound'>;

function comparisons(kind: LeafKind, value: NonNullable<FilterValue>): Comparisons | undefined {
  switch (kind.is) {
    case 'boolean':
      return typeof value === 'boolean' ? same((stored) => Number(stored) - Number(value)) : undefined;
    case 'integer':
    case 'bigint':
    case 'number': {
      const number = typeof value === 'string' ? exactNumber(value) : value;
      if (typeof number !== 'number' && typeof number !== 'bigint') return undefined;
      return same((stored) => order(stored as number | bigint, number));
    }
    case 'decimal':
      return decimalComparisons(kind.scale, value);
    case 'string':
    case 'enum': {
      if (typeof value !== 'string') return undefined;
      const bytes = Buffer.from(value, 'utf8');
      return {
        compare: (stored) => compareKeys(stored as string, value),
        compareBound: (stored) => (stored instanceof Uint8Array ? Buffer.compare(stored, bytes) : Number.NaN),
      };
    }
    case 'uuid': {
      if (typeof value !== 'string') return undefined;
      const text = value.toLowerCase();
      return { compare: (stored) => compareKeys(stored as string, text), compareBound: undefined };
    }
    case 'date': {
      const ms = timeOf(value);
      return ms === undefined ? undefined : same((stored) => order(stored as number, ms / 86_400_000));
    }
    case 'timestamp': {
      const ms = timeOf(value);
      if (ms === undefined) return undefined;
      const units = BigInt(ms) * { MILLIS: 1n, MICROS: 1000n, NANOS: 1_000_000n }[kind.unit];
      return same((stored) => order(stored as bigint, units));
    }
    default:
      return undefined;
  }
}

function same(compare: Compare): Comparisons {
  return { compare, compareBound: compare };
}

function order(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  return a > b ? 1 : Number(a) === Number(b) ? 0 : Number.NaN;
}

function exactNumber(text: string): number | bigint | undefined {
  const value = castField(text, 'bigint') ?? castField(text, 'number');
  return typeof value === 'bigint' || typeof value === 'number' ? value : undefined;
}

function decimalComparisons(scale: number, value: NonNullable<FilterValue>): Comparisons | undefined {
  const decimal =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
      ? parseDecimal(value)
      : undefined;
  if (decimal === undefined) return undefined;
  const digits = Math.max(scale, decimal.scale);
  const wanted = decimal.unscaled * 10n ** BigInt(digits - decimal.scale);
  const factor = 10n ** BigInt(digits - scale);
  const near = Number(wanted) / 10 ** digits;
  return {
    compare: (stored) => order(signedInteger(stored as number | bigint | Uint8Array) * factor, wanted),
    // Bounds come rounded, so that those that are nearly equal tell nothing.
    compareBound: (stored) => {
      const distance = Number(stored) - near;
      return Math.abs(distance) <= Math.abs(near) * 1e-9 ? Number.NaN : distance;
    },
  };
}

/** Milliseconds since 1970. */
function timeOf(value: NonNullable<FilterValue>): number | undefined {
  const date =
    typeof value === 'string' && !/[.,]\d{4}/.test(value) && value !== '' ? castField(value, 'date') : value;
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date.getTime() : undefined;
}

function unfit({ column, operator, value }: Condition, file: string, why: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_OPTIONS',
    message: `filter.${column} of '${file}' cannot be compared with ${shown(value)} (${operator}): ${why}.`,
    hint: 'Give it a value of the column’s type, or filter in a node.',
    places: [{ file }],
  });
}

function shown(value: FilterValue): string {
  if (value instanceof Date) return 'a Date';
  return typeof value === 'string' ? JSON.stringify(shorten(value, 40)) : String(value);
}
