import type { CoreErrorCode } from '../errors/catalogue.js';
import { requireOptions } from '../errors/option-problems.js';
import type { OptionRules } from '../errors/option-rules.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';

/** Types forbid these values; options also come from configuration files. */
export function adapterOptionError(adapter: string, message: string, hint: string): FlowerPowerError {
  const code: CoreErrorCode = 'FP_BAD_ADAPTER_OPTION';
  return new FlowerPowerError({ code, message: `${adapter}: ${message}`, hint });
}

/** @throws FlowerPowerError `FP_BAD_ADAPTER_OPTION` with every problem, or the only one. */
export function requireAdapterOptions(adapter: string, options: unknown, rules: OptionRules): void {
  requireOptions(options, rules, adapter, 'FP_BAD_ADAPTER_OPTION');
}
