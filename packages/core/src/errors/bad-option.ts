import type { CoreErrorCode } from './catalogue.js';
import { FlowerPowerError } from './flowerpower-error.js';

/** The error for an option that would have to be checked even where options are not. */
export function badOption(message: string): FlowerPowerError {
  const code: CoreErrorCode = 'FP_BAD_OPTION';
  return new FlowerPowerError({ code, message });
}
