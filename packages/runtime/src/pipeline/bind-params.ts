/** Sorts `params:` into values for the parameters of nodes and inputs of the graph. */
import { type Params, setOwnProperty, source } from '@flowerpower/core';
import type { RuntimeProblem } from '../errors/catalogue.js';

export interface SortedParams {
  /** Maps, as `createDriver` takes them: `{ $source: x }` has become `source('x')`. */
  readonly maps: Params;
  /** Everything else. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly RuntimeProblem[];
}

export function sortParams(params: Readonly<Record<string, unknown>>): SortedParams {
  const maps: Record<string, Readonly<Record<string, unknown>>> = {};
  const values: Record<string, unknown> = {};
  const problems: RuntimeProblem[] = [];
  for (const [name, value] of Object.entries(params)) {
    if (!isMap(value)) setOwnProperty(values, name, value);
    else if ('$source' in value) problems.push(misplacedSource(name));
    else setOwnProperty(maps, name, bindSources(name, value, problems));
  }
  return { maps, values, problems };
}

/** A plain object; an instance of a class is a value. */
function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function bindSources(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  problems: RuntimeProblem[],
): Record<string, unknown> {
  const bound: Record<string, unknown> = {};
  for (const [parameter, value] of Object.entries(parameters)) {
    if (!isMap(value) || !('$source' in value)) {
      setOwnProperty(bound, parameter, value);
      continue;
    }
    const { $source: from, ...others } = value;
    if (typeof from === 'string' && from !== '' && Object.keys(others).length === 0) {
      setOwnProperty<unknown>(bound, parameter, source(from));
    } else {
      problems.push({
        code: 'FP_INVALID_PARAMS',
        message: `params.${name}.${parameter}: $source must be the name of a node, alone in its map.`,
        hint: `Write ${parameter}: { $source: otherNode }.`,
      });
    }
  }
  return bound;
}

function misplacedSource(name: string): RuntimeProblem {
  return {
    code: 'FP_INVALID_PARAMS',
    message: `params.${name}: $source stands where parameters of '${name}' are named.`,
    hint: `Write params.${name}.<parameter>: { $source: otherNode }.`,
  };
}
