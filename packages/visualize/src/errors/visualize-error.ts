import { FlowerPowerError, type FlowerPowerErrorOptions } from '@flowerpower/core';
import type { VisualizeErrorCode } from './catalogue.js';

/** A FlowerPowerError whose code is known to be in this package's catalogue. */
export function visualizeError(
  options: FlowerPowerErrorOptions & { readonly code: VisualizeErrorCode },
): FlowerPowerError {
  return new FlowerPowerError(options);
}
