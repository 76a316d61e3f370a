import { FlowerPowerError, type FlowerPowerErrorOptions } from '@flowerpower/core';
import type { CheckErrorCode } from './catalogue.js';

/** A FlowerPowerError whose code is known to be in the catalogue of the check. */
export function checkError(
  options: FlowerPowerErrorOptions & { readonly code: CheckErrorCode },
): FlowerPowerError {
  return new FlowerPowerError(options);
}
