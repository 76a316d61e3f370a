/** Texts and JSON values as the type that an input's annotation asks for. Nothing is rounded on the way. */
import { castField } from '@flowerpower/io';

/** A word on why a value does not fit, as the end of a sentence: `must be a number, got 'x'`. */
export interface Misfit {
  readonly problem: string;
  readonly hint?: string | undefined;
}

const wanted = {
  number: 'a number',
  bigint: 'a whole number',
  boolean: 'true or false',
  Date: 'a date such as 2026-01-31 or 2026-01-31T12:00:00Z',
} as const;

type Scalar = keyof typeof wanted;

const digitsHint = 'Give the input the type bigint to keep every digit, or string.';

/**
 * A text behind `name=`, as the first of the types that takes it; undefined where the annotation says nothing that a
 * text could be judged by.
 */
export function textAs(
  text: string,
  type: string | undefined,
): { readonly value: unknown } | Misfit | undefined {
  const { members, isNullable } = membersOf(type);
  if (members.includes('string')) return { value: text };
  if (isNullable && text === 'null') return { value: null };
  const scalars = members.filter(isScalar);
  for (const scalar of scalars) {
    const value = scalarOf(text, scalar);
    if (value !== undefined) return { value };
  }
  if (scalars.includes('number') && scalarOf(text, 'bigint') !== undefined) {
    return { problem: `is ${text}, which would lose digits as a number`, hint: digitsHint };
  }
  const [only] = scalars;
  if (members.length !== 1 || only === undefined) return undefined;
  return { problem: `must be ${wanted[only]}, got '${text}'` };
}

/**
 * A value from JSON, which has neither dates nor large whole numbers: a text becomes a Date or bigint where the
 * annotation wants one, also in a list.
 *
 * @param value - as `parseJson` gives it with large whole numbers as bigints. Where the annotation does not speak of
 *   bigint they are a misfit.
 */
export function jsonAs(value: unknown, type: string | undefined): { readonly value: unknown } | Misfit {
  const { members } = membersOf(type);
  const list = members.length === 1 ? /^(?:readonly )?(\w+)\[\]$/.exec(members[0]!)?.[1] : undefined;
  if (list !== undefined && Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const fitted = jsonAs(item, list);
      if (!('value' in fitted)) return fitted;
      items.push(fitted.value);
    }
    return { value: items };
  }
  if (typeof value === 'string' && !members.includes('string')) {
    const scalars = members.filter((member) => member === 'Date' || member === 'bigint');
    for (const scalar of scalars) {
      const cast = scalarOf(value, scalar);
      if (cast !== undefined) return { value: cast };
    }
    const [only] = scalars;
    if (members.length === 1 && only !== undefined) {
      return { problem: `must be ${wanted[only]}, got '${value}'` };
    }
  }
  if (
    typeof value === 'number' &&
    Number.isSafeInteger(value) &&
    members.length === 1 &&
    members[0] === 'bigint'
  ) {
    return { value: BigInt(value) };
  }
  const large = /\bbigint\b/.test(type ?? '') ? undefined : findBigint(value);
  if (large === undefined) return { value };
  return { problem: `holds ${large}, which would lose digits as a number`, hint: digitsHint };
}

function membersOf(type: string | undefined): { readonly members: string[]; readonly isNullable: boolean } {
  const all = type?.split('|').map((member) => member.trim()) ?? [];
  const members = all.filter((member) => member !== '' && member !== 'null' && member !== 'undefined');
  return { members, isNullable: all.includes('null') };
}

function isScalar(member: string): member is Scalar {
  return Object.hasOwn(wanted, member);
}

/** Undefined for a text that does not fit. */
function scalarOf(text: string, scalar: Scalar): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  switch (scalar) {
    case 'boolean':
      return trimmed === 'true' || (trimmed === 'false' ? false : undefined);
    case 'bigint':
      return castField(trimmed.replace(/n$/, ''), 'bigint');
    case 'Date':
      return castField(trimmed, 'date');
    default:
      return castField(trimmed, 'number') ?? hexadecimal(trimmed);
  }
}

/** 0x, 0o and 0b. */
function hexadecimal(text: string): number | undefined {
  const value = /^0[xob]/i.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The first bigint within a value from JSON. */
function findBigint(value: unknown): bigint | undefined {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'bigint') return next;
    if (typeof next === 'object' && next !== null) for (const each of Object.values(next)) open.push(each);
  }
  return undefined;
}
