/**
 * Values from the command line: `name=value`, a JSON object, `@file.json`, or `-` for standard input.
 *
 * A text behind `name=` is read as the type that the input's annotation asks for; where none is known, as JSON
 * if it is JSON and as text otherwise. A list is written `ids=a,b`, or as JSON. Values in JSON documents are held to the
 * annotation too, and where it says Date or bigint, which JSON does not have, a text becomes one.
 */
import { FlowerPowerError, messageOf, type Problem } from '@flowerpower/core';
import { parseJson } from '@flowerpower/io';
import type { CliErrorCode } from '../errors/catalogue.js';
import { readDocument, readStandardInput } from './read-document.js';
import { jsonAs, type Misfit, textAs } from '@flowerpower/runtime';

/** The annotation of an input, for example `number`, or undefined. */
export type TypeOf = (name: string) => string | undefined;

export function readValues(flag: string, texts: readonly string[], typeOf: TypeOf): Record<string, unknown> {
  // Without a prototype: a key `__proto__` is a key like any other.
  const values: Record<string, unknown> = Object.create(null);
  const twice = new Set<string>();
  for (const text of texts) {
    for (const [name, value] of readOne(flag, text.trim(), typeOf)) {
      if (Object.hasOwn(values, name)) twice.add(name);
      values[name] = value;
    }
  }
  if (twice.size > 0) {
    const names = [...twice].map((name) => `'${name}'`).join(', ');
    throw fail({
      message: `${flag}: ${names} ${twice.size === 1 ? 'is' : 'are'} given twice.`,
      hint: 'Give each value once.',
    });
  }
  return values;
}

/** Name and value, as they were written. */
function readOne(flag: string, text: string, typeOf: TypeOf): (readonly [string, unknown])[] {
  if (text === '-') {
    return Object.entries(parseDocument(flag, 'standard input', readStandardInput(flag), typeOf));
  }
  if (text.startsWith('@')) {
    return Object.entries(parseDocument(flag, text.slice(1), readDocument(flag, text.slice(1)), typeOf));
  }
  if (text.startsWith('{')) return Object.entries(parseDocument(flag, `the value of ${flag}`, text, typeOf));
  return splitPairs(text).map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0) throw fail({ message: `${flag}: '${pair}' is not of the form name=value.`, hint: forms });
    const name = pair.slice(0, at).trim();
    return [name, coerce(flag, name, pair.slice(at + 1), typeOf(name))];
  });
}

const forms = 'Write name=value, a JSON object, @file.json, or - for standard input.';

/** For `{'day': None}`. */
const asJson =
  'A Python literal is not read. As JSON, names and texts stand in double quotes, and True, False and None are true, false and null; or write name=value.';

/** Splits `a=1,b=2` at commas, but only where every part is a pair: `names=x,y` is one value. */
function splitPairs(text: string): string[] {
  const parts = text.split(',');
  return parts.every((part) => /^\s*[\w$.]+\s*=/.test(part)) ? parts : [text];
}

function coerce(flag: string, name: string, text: string, type: string | undefined): unknown {
  const read = textAs(text, type) ?? jsonAs(parseText(text), type);
  if ('value' in read) return read.value;
  throw misfit(flag, name, { ...read, hint: commaHint(flag, text) ?? read.hint });
}

/** Of a text that may have been meant as several pairs. */
function commaHint(flag: string, text: string): string | undefined {
  if (!/,\s*[\w$.]+\s*=/.test(text)) return undefined;
  return `A value that holds a comma has a flag of its own: ${flag} a=1 ${flag} b=x,y. Or give a JSON object.`;
}

/** JSON if it is JSON, else the text. */
function parseText(text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return parseJson(text, { file: text, largeIntegers: 'bigint' });
}

function misfit(flag: string, name: string, { problem, hint }: Misfit): FlowerPowerError {
  return fail({ message: `${flag}: '${name}' ${problem}.`, hint });
}

function parseDocument(flag: string, origin: string, text: string, typeOf: TypeOf): object {
  let document: unknown;
  try {
    document = parseJson(text, { file: origin, largeIntegers: 'bigint' });
  } catch (cause) {
    const isPython = /^\s*\{\s*'|:\s*(?:True|False|None)\b/.test(text);
    throw fail({ message: `${flag}: ${messageOf(cause)}`, hint: isPython ? asJson : forms });
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw fail({ message: `${flag}: ${origin} holds no JSON object.`, hint: forms });
  }
  return Object.fromEntries(
    Object.entries(document).map(([name, given]) => {
      const fitted = jsonAs(given, typeOf(name));
      if ('value' in fitted) return [name, fitted.value];
      throw misfit(flag, name, fitted);
    }),
  );
}

function fail(problem: Omit<Problem, 'code'>, cause?: unknown): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_VALUE';
  return new FlowerPowerError({ code, ...problem, cause });
}
