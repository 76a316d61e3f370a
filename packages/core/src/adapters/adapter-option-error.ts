import type { CoreErrorCode } from '../errors/catalogue.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';

/** Types forbid these values; options also come from configuration files. */
export function adapterOptionError(adapter: string, message: string, hint: string): FlowerPowerError {
  const code: CoreErrorCode = 'FP_BAD_ADAPTER_OPTION';
  return new FlowerPowerError({ code, message: `${adapter}: ${message}`, hint });
}
