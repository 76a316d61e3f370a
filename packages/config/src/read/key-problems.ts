import { didYouMean } from '@flowerpower/core';
import { type KeyStyle, type ObjectShape, snakeCase } from '../schema/shape.js';
import { describePlace, type Origin } from '../source/origin.js';
import { pathText, type ReadContext, report, warn } from './context.js';

export function reportUnknownKey(
  key: string,
  origin: Origin,
  shape: ObjectShape,
  style: KeyStyle,
  path: readonly string[],
  context: ReadContext,
): void {
  const near = suggestKey(key, shape, style);
  report(context, origin, {
    code: 'FP_CONFIG_UNKNOWN_KEY',
    message: `unknown key '${key}' in ${pathText(path)}.${near ? ` ${near}` : ''}`,
    hint: `Known keys: ${[...shape.children.keys()].join(', ')}.`,
  });
}

export function reportConflict(
  key: string,
  path: readonly string[],
  origin: Origin,
  first: Origin,
  context: ReadContext,
): void {
  report(context, origin, {
    code: 'FP_CONFIG_KEY_CONFLICT',
    message: `${[...path, key].join('.')} is already given at ${describePlace(first)}.`,
    hint: 'The two are spellings of one setting: keep one of them.',
    also: [first],
  });
}

/** Of a setting at its former place and at its own, the latter counts, as in the Python FlowerPower. */
export function warnOfFormerPlace(
  key: string,
  path: readonly string[],
  parent: string,
  origin: Origin,
  winner: Origin,
  context: ReadContext,
): void {
  warn(context, origin, {
    code: 'FP_CONFIG_FORMER_PLACE',
    message: `${[...path, key].join('.')} has no effect beside ${[...path, parent, key].join('.')} at ${describePlace(winner)}.`,
    hint: 'Remove it; the other one counts.',
    also: [winner],
  });
}

/** Suggests names in the style that the user writes. */
export function suggestKey(key: string, shape: ObjectShape, style: KeyStyle): string | undefined {
  const meanings = [...shape.keys.values()].filter(({ kind }) => kind !== 'retired');
  const names = [...new Set(meanings.map((meaning) => meaning.key))];
  if (style === 'loose')
    return didYouMean(
      key,
      names.map((name) => snakeCase(name).toUpperCase()),
    );
  return didYouMean(key, key.includes('_') ? names.map(snakeCase) : names);
}
