/** Texts and JSON values as the type that an input's annotation asks for. Nothing is rounded on the way. */
import { shorten } from '@flowerpower/core';
import { castField, parseJson } from '@flowerpower/io';
import { type Annotation, annotationOf, type Member, type Scalar } from './annotation.js';

/** A word on why a value does not fit, as the end of a sentence: `must be a number, got 'x'`. */
export interface Misfit {
  readonly problem: string;
  readonly hint?: string | undefined;
}

export type Fitted = { readonly value: unknown } | Misfit;

const digitsHint = 'Give the input the type bigint to keep every digit, or string.';

/**
 * A text, such as that behind `name=`, as the first type of the annotation that takes it; undefined where the annotation
 * says nothing by which a text could be judged. A list is written `a,b` or as JSON, and an empty text is an empty list.
 */
export function textAs(text: string, type: string | undefined): Fitted | undefined {
  const annotation = annotationOf(type);
  const { members, isNullable } = annotation;
  if (members.length === 0) return undefined;
  const lists = members.filter((member) => member.kind === 'list');
  const array = lists.length > 0 && /^\s*\[/.test(text) ? arrayIn(text) : undefined;
  if (array !== undefined) return jsonAs(array, type);
  if (members.some((member) => member.kind === 'scalar' && member.name === 'string')) return { value: text };
  if (isNullable && text === 'null') return { value: null };
  for (const member of members) {
    const value = singleOf(text, member);
    if (value !== undefined) return { value };
  }
  if (hasScalar(members, 'number') && scalarOf(text, 'bigint') !== undefined) {
    return { problem: `is ${text}, which would lose digits as a number`, hint: digitsHint };
  }
  const [list] = lists;
  if (list !== undefined) {
    const items = itemsOf(text, list.item);
    if (items !== undefined && (members.length === 1 || 'value' in items)) return items;
  }
  return members.some(isOpen) ? undefined : misfit(annotation, `'${shorten(text, 100)}'`);
}

/**
 * A value from JSON or YAML, which have neither dates nor large whole numbers: a text becomes a Date or bigint where the
 * annotation wants one, also in a list. What the annotation cannot judge is taken as it is.
 *
 * @param value - as `parseJson` gives it with large whole numbers as bigints. Where the annotation does not speak of
 *   bigint they are a misfit.
 */
export function jsonAs(value: unknown, type: string | undefined): Fitted {
  const annotation = annotationOf(type);
  const { members, isNullable } = annotation;
  const large = /\bbigint\b/.test(type ?? '') ? undefined : findBigint(value);
  if (large !== undefined) {
    return { problem: `holds ${large}, which would lose digits as a number`, hint: digitsHint };
  }
  const [list, ...others] = members.filter((member) => member.kind === 'list');
  if (list !== undefined && others.length === 0 && Array.isArray(value)) return listAs(value, list.item);
  if (
    value === undefined ||
    (value === null && isNullable) ||
    members.some((member) => takes(member, value))
  ) {
    return { value };
  }
  for (const member of members) {
    const cast = member.kind === 'scalar' ? castOf(value, member.name) : undefined;
    if (cast !== undefined) return { value: cast };
  }
  return members.length === 0 || members.some(isOpen) || others.length > 0
    ? { value }
    : misfit(annotation, shown(value));
}

/**
 * A value of a YAML file, which has no dates: an ISO text where the annotation wants a Date and no text is one, also in a
 * list. Anything else is taken as it is, for `flowerpower check` judges it.
 */
export function datesAs(value: unknown, type: string | undefined): unknown {
  const { members } = annotationOf(type);
  if (typeof value === 'string') {
    const isText = members.some((member) => takes(member, value));
    return isText || !hasScalar(members, 'Date') ? value : (castOf(value, 'Date') ?? value);
  }
  const [list] = members.filter((member) => member.kind === 'list');
  return Array.isArray(value) && list !== undefined ? value.map((item) => datesAs(item, list.item)) : value;
}

function listAs(values: readonly unknown[], item: string): Fitted {
  const items: unknown[] = [];
  for (const each of values) {
    const fitted = jsonAs(each, item);
    if (!('value' in fitted)) return ofItem(fitted, item, each);
    items.push(fitted.value);
  }
  return { value: items };
}

/** Undefined where nothing is known of the items. */
function itemsOf(text: string, item: string): Fitted | undefined {
  const items: unknown[] = [];
  for (const each of text.trim() === '' ? [] : text.split(',').map((part) => part.trim())) {
    const fitted = textAs(each, item);
    if (fitted === undefined) return undefined;
    if (!('value' in fitted)) return ofItem(fitted, item, each);
    items.push(fitted.value);
  }
  return { value: items };
}

function ofItem({ problem, hint }: Misfit, item: string, value: unknown): Misfit {
  if (!problem.startsWith('must be')) return { problem, hint };
  return { problem: `must be ${listWords(item)}, and ${shown(value)} is none of them`, hint };
}

function misfit({ members }: Annotation, got: string): Misfit {
  const words = members.map((member) => wantedWords(member)).filter((each) => each !== '');
  const hint = members.some((member) => member.kind === 'list')
    ? 'Write a list as a,b or as JSON.'
    : undefined;
  return { problem: `must be ${[...new Set(words)].join(' or ')}, got ${got}`, hint };
}

const wanted: Readonly<Record<Scalar, string>> = {
  string: 'a text',
  number: 'a number',
  bigint: 'a whole number',
  boolean: 'true or false',
  Date: 'a date such as 2026-01-31 or 2026-01-31T12:00:00Z',
};

function wantedWords(member: Member): string {
  switch (member.kind) {
    case 'scalar':
      return wanted[member.name];
    case 'literal':
      return typeof member.value === 'string' ? `'${member.value}'` : String(member.value);
    case 'list':
      return listWords(member.item);
    default:
      return '';
  }
}

const plural: Readonly<Record<Scalar, string>> = {
  string: 'texts',
  number: 'numbers',
  bigint: 'whole numbers',
  boolean: 'true or false',
  Date: 'dates such as 2026-01-31',
};

function listWords(item: string): string {
  const [first, ...others] = annotationOf(item).members;
  if (first?.kind === 'scalar' && others.length === 0) return `a list of ${plural[first.name]}`;
  return `a list of ${item}`;
}

/** A text as one value of a member; undefined for a text that does not fit. */
function singleOf(text: string, member: Member): unknown {
  if (member.kind === 'scalar') return scalarOf(text, member.name);
  if (member.kind !== 'literal') return undefined;
  const { value } = member;
  if (typeof value === 'string') return text === value ? value : undefined;
  return scalarOf(text, typeof value as 'number' | 'bigint' | 'boolean') === value ? value : undefined;
}

function takes(member: Member, value: unknown): boolean {
  switch (member.kind) {
    case 'scalar':
      return member.name === 'Date' ? value instanceof Date : typeof value === member.name;
    case 'literal':
      return member.value === value;
    default:
      return false;
  }
}

/** What JSON does not have. */
function castOf(value: unknown, scalar: Scalar): unknown {
  if (scalar === 'bigint' && typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  return typeof value === 'string' && (scalar === 'Date' || scalar === 'bigint')
    ? scalarOf(value, scalar)
    : undefined;
}

function hasScalar(members: readonly Member[], name: Scalar): boolean {
  return members.some((member) => member.kind === 'scalar' && member.name === name);
}

function isOpen(member: Member): boolean {
  return (
    member.kind === 'other' || (member.kind === 'list' && annotationOf(member.item).members.some(isOpen))
  );
}

/** Undefined for a text that does not fit. */
function scalarOf(text: string, scalar: Scalar): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  switch (scalar) {
    case 'string':
      return text;
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

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${shorten(value, 100)}'`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** Undefined for a text that is no JSON list. */
function arrayIn(text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return parseJson(text, { file: text, largeIntegers: 'bigint' });
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
