import { FlowerPowerError } from '../errors/flowerpower-error.js';

/** @throws FlowerPowerError `FP_ITEM_COUNT` when a value given for a node inside a fan-out is not a list. */
export function asColumn(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new FlowerPowerError({
    code: 'FP_ITEM_COUNT',
    message: `The value given for '${name}' must be an array with one value for each item of its fan-out.`,
    hint: 'A node inside a fan-out is overridden for all items at once, in their order.',
  });
}
