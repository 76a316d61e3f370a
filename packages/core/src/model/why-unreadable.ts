import { type ListedParameter, listParameters } from './list-parameters.js';
import { contextParameter, isNative, isRest, textOf } from './read-parameters.js';

/** One sentence that says why the parameters of a function that `readParameters` gives up cannot be edges. */
export function whyUnreadable(fn: unknown): string {
  if (typeof fn !== 'function') return 'it is not a function';
  const text = textOf(fn as (...args: never[]) => unknown);
  if (isNative(text)) return 'it is a bound or native function, whose parameter names cannot be read';
  const list = listParameters(text);
  if (list === undefined) return 'its parameter list cannot be read';
  const [first, ...rest] = list;
  return first?.keys === undefined ? ofPositional(text, list) : ofObject(text, first.keys, rest);
}

function ofObject(text: string, keys: readonly ListedParameter[], rest: readonly ListedParameter[]): string {
  if (rest.length > 1) {
    return 'a function that destructures its inputs takes at most one more parameter, the context';
  }
  if (rest.some((parameter) => isRest(text, parameter))) return 'a rest parameter names no edge';
  const key = keys.find(({ name }) => name === undefined)!;
  if (isRest(text, key)) return 'a rest element in the destructured inputs names no edge';
  if (text[key.at] === '[') return 'a computed key in the destructured inputs names no edge';
  return `the key '${/^[^\s:,=}]*/.exec(text.slice(key.at, key.at + 30))![0]}' cannot be read`;
}

function ofPositional(text: string, list: readonly ListedParameter[]): string {
  const at = list.findIndex(({ name }) => name === undefined || name === contextParameter);
  const parameter = list[at]!;
  if (parameter.name !== undefined) return `the context parameter '${contextParameter}' must come last`;
  if (isRest(text, parameter)) return 'a rest parameter names no edge';
  return `parameter ${at + 1} is destructured; only the first may be, and it then holds every input`;
}
