/** The inputs of a node that are named for it, instead of read from its function. */
import type { AnyFunction, ReadInputs } from './definition.js';
import { listParameters } from './list-parameters.js';
import { isNative, isRest, textOf } from './read-parameters.js';

/** @param inputs - names of nodes. Anything else, and what is no function, cannot be read. */
export function readNamed(fn: unknown, inputs: unknown): ReadInputs {
  return (source) => {
    if (typeof fn !== 'function' || !areNames(inputs)) return undefined;
    const { optional, takesContext } = readExplicit(fn as AnyFunction, inputs.length);
    const parameters = inputs.map((name, index) => ({
      parameter: name,
      node: name,
      optional: optional[index] === true || source?.parameters[index]?.optional === true,
      type: source?.parameters[index]?.type,
    }));
    return { style: 'positional', parameters, takesContext };
  };
}

function areNames(inputs: unknown): inputs is readonly string[] {
  return Array.isArray(inputs) && inputs.every((name) => typeof name === 'string' && name !== '');
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
  const text = textOf(fn);
  const list = isNative(text) ? [] : (listParameters(text) ?? []);
  const next = list[count];
  return {
    optional: list.map(({ optional }) => optional),
    takesContext: next !== undefined && !next.optional && !isRest(text, next),
  };
}
