/**
 * Reads the parameter names of a function from its own text (`Function.prototype.toString`).
 *
 * Destructured keys survive compilers and minifiers; positional names do not, so callers prefer names from
 * the module's source where they have them. Understands declarations, arrows, methods, async and generator
 * forms, comments, strings, templates and regular expressions in default values.
 */
import { readPlainParameters } from './read-plain-parameters.js';
import { closingIndex, skipTrivia, splitTopLevel, topLevelDefault } from './scan-source.js';

interface ReadParameter {
  readonly name: string;
  readonly optional: boolean;
}

interface ReadParameters {
  readonly style: 'object' | 'positional';
  readonly parameters: readonly ReadParameter[];
  readonly takesContext: boolean;
}

/** Either the parameters, or one sentence that says why they cannot be edges. */
export type ParameterReading =
  | ({ readonly ok: true } & ReadParameters)
  | { readonly ok: false; readonly reason: string };

/** In positional functions a parameter of this name receives the node context and is no edge. */
const contextParameter = 'ctx';

type AnyFunction = (...args: never[]) => unknown;

/** @param text - what `Function.prototype.toString` says, where the caller has it already. */
export function readParameters(
  fn: AnyFunction,
  text: string = Function.prototype.toString.call(fn),
): ParameterReading {
  if (isNative(text)) return fail('it is a bound or native function, whose parameter names cannot be read');
  const plain = readPlainParameters(text);
  return plain === undefined ? readThoroughly(text) : { ok: true, ...plain };
}

/** The text stands at the end, so a search of a long function is short. */
function isNative(text: string): boolean {
  return text.includes('[native code]', text.length - 30) && /\{\s*\[native code\]\s*\}\s*$/.test(text);
}

/** Understands every form; slower than the plain reading, which comes first. */
export function readThoroughly(text: string): ParameterReading {
  const list = parameterList(text);
  if (list === undefined) return fail('its parameter list cannot be read');
  const [first, ...rest] = list;
  if (first === undefined) return { ok: true, style: 'positional', parameters: [], takesContext: false };
  if (first.startsWith('{')) return readObjectStyle(first, rest);
  return readPositionalStyle(list);
}

/** What a function says of the inputs that are named for it, which arrive as its first arguments. */
interface ExplicitReading {
  /** By position: true for a parameter with a default value. */
  readonly optional: readonly boolean[];
  /** True when one more parameter follows, without a default value. */
  readonly takesContext: boolean;
}

/** @param count - how many inputs are named. */
export function readExplicit(fn: AnyFunction, count: number): ExplicitReading {
  // `length` counts the parameters before the first that has a default value or takes the rest.
  if (fn.length >= count) return { optional: [], takesContext: fn.length > count };
  const text = Function.prototype.toString.call(fn);
  const list = isNative(text) ? [] : (parameterList(text) ?? []);
  const optional = list.map((parameter) => topLevelDefault(parameter) !== undefined);
  const next = list[count];
  return { optional, takesContext: next !== undefined && !next.startsWith('...') && !optional[count] };
}

/**
 * True when the function takes the properties of its first argument apart in its parameter list and has no other
 * way to reach that object, so that it sees the values of the moment of the call and nothing else.
 */
export function bindsOnlyKeys(fn: AnyFunction): boolean {
  const text = Function.prototype.toString.call(fn);
  if (text.includes('arguments') || text.includes('eval')) return false;
  const read = readParameters(fn, text);
  return read.ok && read.style === 'object';
}

function readObjectStyle(pattern: string, rest: readonly string[]): ParameterReading {
  if (rest.length > 1) {
    return fail('a function that destructures its inputs takes at most one more parameter, the context');
  }
  if (rest[0]?.startsWith('...')) return fail('a rest parameter names no edge');
  const parameters: ReadParameter[] = [];
  const end = closingIndex(pattern, 0);
  for (const property of splitTopLevel(pattern.slice(1, end))) {
    if (property.startsWith('...')) return fail('a rest element in the destructured inputs names no edge');
    if (property.startsWith('[')) return fail('a computed key in the destructured inputs names no edge');
    const key = readKey(property);
    if (key === undefined) return fail(`the key '${shorten(property)}' cannot be read`);
    parameters.push({ name: key, optional: topLevelDefault(property) !== undefined });
  }
  return { ok: true, style: 'object', parameters, takesContext: rest.length === 1 };
}

function readPositionalStyle(list: readonly string[]): ParameterReading {
  const parameters: ReadParameter[] = [];
  for (const [index, text] of list.entries()) {
    if (text.startsWith('...')) return fail('a rest parameter names no edge');
    if (text.startsWith('{') || text.startsWith('[')) {
      return fail(
        `parameter ${index + 1} is destructured; only the first may be, and it then holds every input`,
      );
    }
    const name = readKey(text);
    if (name === undefined) return fail(`parameter ${index + 1} cannot be read`);
    if (name === contextParameter) {
      if (index < list.length - 1) return fail(`the context parameter '${contextParameter}' must come last`);
      return { ok: true, style: 'positional', parameters, takesContext: true };
    }
    parameters.push({ name, optional: topLevelDefault(text) !== undefined });
  }
  return { ok: true, style: 'positional', parameters, takesContext: false };
}

/** The texts of the parameters, or undefined when the text is not that of a function. */
function parameterList(text: string): string[] | undefined {
  let index = skipTrivia(text, 0);
  let lastWord = '';
  while (index < text.length) {
    const char = text[index]!;
    if (char === '(') return splitTopLevel(text.slice(index + 1, closingIndex(text, index)));
    if (char === '=' && text[index + 1] === '>') return [lastWord];
    if (char === '[' || char === '"' || char === "'") {
      index = closingIndex(text, index) + 1;
    } else {
      const word = /^[\p{ID_Continue}$\\#{}]+/u.exec(text.slice(index, index + 200))?.[0];
      if (word !== undefined) lastWord = word;
      index += word?.length ?? 1;
    }
    index = skipTrivia(text, index);
  }
  return undefined;
}

const identifier =
  /^(?:[\p{ID_Start}$_]|\\u[\da-fA-F]{4}|\\u\{[\da-fA-F]+\})(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\da-fA-F]{4}|\\u\{[\da-fA-F]+\})*/u;

function readKey(text: string): string | undefined {
  const quote = text[0];
  if (quote === '"' || quote === "'") return decodeEscapes(text.slice(1, closingIndex(text, 0)));
  const name = identifier.exec(text)?.[0];
  return name === undefined ? undefined : decodeEscapes(name);
}

function decodeEscapes(text: string): string {
  return text.replace(/\\u\{([\da-fA-F]+)\}|\\u([\da-fA-F]{4})/g, (_, long?: string, short?: string) =>
    String.fromCodePoint(Number.parseInt(long ?? short ?? '', 16)),
  );
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}

function fail(reason: string): ParameterReading {
  return { ok: false, reason };
}
