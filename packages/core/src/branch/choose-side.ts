import { boundedList } from '../errors/name-list.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { Branch } from '../model/graph.js';
import { isObject } from '../model/is-object.js';

/**
 * The parameter that a branch takes for a value.
 *
 * @throws FlowerPowerError `FP_NO_BRANCH`.
 */
export function chooseSide({ cases, otherwise }: Branch, value: unknown): string {
  const text = isObject(value) ? undefined : String(value);
  if (text !== undefined && Object.hasOwn(cases, text)) return cases[text]!;
  if (otherwise !== undefined) return otherwise;
  throw new FlowerPowerError({
    code: 'FP_NO_BRANCH',
    message: `There is no case for ${text === undefined ? `a value of type ${typeof value}` : `'${text}'`}.`,
    hint: `The cases are: ${boundedList(Object.keys(cases))}. Give { otherwise } for everything else.`,
  });
}
