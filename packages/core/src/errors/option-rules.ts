/** What options must be, in words that complete "must be". One constant each, so that a bundle holds those it uses. */
import { anyOf } from './name-list.js';
import { readProperty } from './read-property.js';

/** What an option must be. `undefined` counts as not given. */
export interface OptionRule {
  /** Whether it must be given. Default false. */
  readonly required?: boolean | undefined;
  fits(value: unknown): boolean;
  /** Reads on after "must be". */
  readonly expected: string;
  readonly hint?: string | ((value: unknown) => string | undefined) | undefined;
  /** The texts that fit, so that one that is nearly one of them is reported which. */
  readonly choices?: readonly string[] | undefined;
  /** What each item of a list must be, so that those that are not are named. */
  readonly item?: OptionRule | undefined;
  /** The same for each value of a record. */
  readonly entry?: OptionRule | undefined;
}

/** By the name of the option. */
export type OptionRules = Readonly<Record<string, OptionRule>>;

export const aBoolean: OptionRule = {
  fits: (value) => typeof value === 'boolean',
  expected: 'true or false',
};

export const aFunction: OptionRule = {
  fits: (value) => typeof value === 'function',
  expected: 'a function',
};

/** Even an empty one. */
export const anyText: OptionRule = { fits: (value) => typeof value === 'string', expected: 'a text' };

/** Not blank. */
export const aText: OptionRule = {
  fits: (value) => typeof value === 'string' && /\S/.test(value),
  expected: 'a text',
};

export const aSignal: OptionRule = {
  fits: (value) => hasMethods(value, ['addEventListener']),
  expected: 'an AbortSignal',
};

export const aLog: OptionRule = {
  fits: (value) => hasMethods(value, ['debug', 'info', 'warn', 'error']),
  expected: 'a log, as console is',
};

/** No list, map or set: their items would not be properties. */
export const aRecord: OptionRule = { fits: isRecord, expected: 'an object of values by name' };

/** Only own properties are read: those of a class, and inherited ones, would be lost. */
export const aPlainRecord: OptionRule = {
  fits: (value) => isRecord(value) && isPlain(value),
  expected: 'a plain object of values by name',
};

export const aConcurrency: OptionRule = {
  fits: (value) => value === Infinity || isWhole(value, 1),
  expected: 'a whole number of at least 1',
};

export function aWhole(least: number): OptionRule {
  return { fits: (value) => isWhole(value, least), expected: `a whole number of at least ${least}` };
}

export function aChoice(...choices: readonly string[]): OptionRule {
  return {
    fits: (value) => choices.includes(value as string),
    expected: anyOf(choices),
    choices,
  };
}

/** A list of objects. */
export function aListOf(
  what: string,
  hint?: string,
  item: OptionRule = { fits: isNoList, expected: 'an object', hint },
): OptionRule {
  return {
    fits: (value) => Array.isArray(value) && value.every(item.fits),
    expected: `a list of ${what}`,
    hint,
    item,
  };
}

/** An object that is no list, nor a promise of one that nobody has awaited. */
export function isNoList(value: unknown): value is object {
  return isObject(value) && !(Array.isArray(value) || value instanceof Promise);
}

export const aNameList: OptionRule = {
  fits: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  expected: 'a list of names',
  hint: "Write ['name'].",
};

/** A record whose keys users choose. */
export function aRecordOf(entry: OptionRule): OptionRule {
  return { ...aRecord, fits: (value) => isRecord(value) && Object.values(value).every(entry.fits), entry };
}

/** Whatever fits is for somebody else to say. */
export const anything: OptionRule = { fits: () => true, expected: 'anything' };

/** The same, and it must be given. */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, required: true };
}

/** An object of another package, known by its methods. */
export function withMethods(expected: string, ...methods: readonly string[]): OptionRule {
  return { fits: (value) => hasMethods(value, methods), expected };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && readProperty(value, Symbol.iterator) === undefined;
}

/** Of any realm. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isInteger(value) && (value as number) >= least;
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  return names.every((name) => typeof readProperty(value, name) === 'function');
}
