/**
 * Reads the parameter names of a function from its own text (`Function.prototype.toString`).
 *
 * Destructured keys survive compilers and minifiers; positional names do not, so callers prefer names from
 * the module's source where they have them.
 */
import { type ListedParameter, listParameters } from './list-parameters.js';

interface ReadParameter {
  readonly name: string;
  readonly optional: boolean;
}

export interface ReadParameters {
  readonly style: 'object' | 'positional';
  readonly parameters: readonly ReadParameter[];
  readonly takesContext: boolean;
}

/** In positional functions a parameter of this name receives the node context and is not an edge. */
export const contextParameter = 'ctx';

type AnyFunction = (...args: never[]) => unknown;

/**
 * Undefined when the parameters cannot be edges; see `whyUnreadable`.
 *
 * @param text - what `Function.prototype.toString` says, where the caller has it already.
 */
export function readParameters(fn: AnyFunction, text: string = textOf(fn)): ReadParameters | undefined {
  const list = isNative(text) ? undefined : listParameters(text);
  if (list === undefined) return undefined;
  const keys = list[0]?.keys;
  const last = list.at(-1);
  const takesContext =
    keys === undefined ? last?.name === contextParameter : list.length === 2 && !isRest(text, last!);
  if (keys !== undefined && list.length > (takesContext ? 2 : 1)) return undefined;
  const named = keys ?? (takesContext ? list.slice(0, -1) : list);
  for (const { name } of named) {
    if (name === undefined || (keys === undefined && name === contextParameter)) return undefined;
  }
  const style = keys === undefined ? 'positional' : 'object';
  return { style, parameters: named as readonly ReadParameter[], takesContext };
}

/**
 * True when the function takes the properties of its first argument apart in its parameter list and has no other
 * way to reach that object, so that it sees the values of the moment of the call and nothing else.
 */
export function bindsOnlyKeys(fn: AnyFunction): boolean {
  const text = textOf(fn);
  if (text.includes('arguments') || text.includes('eval')) return false;
  return readParameters(fn, text)?.style === 'object';
}

export function textOf(fn: AnyFunction): string {
  return Function.prototype.toString.call(fn);
}

/** The text stands at the end, so a search of a long function is short. */
export function isNative(text: string): boolean {
  return text.includes('[native code]', text.length - 30) && /\{\s*\[native code\]\s*\}\s*$/.test(text);
}

export function isRest(text: string, { at }: ListedParameter): boolean {
  return text[at] === '.';
}
