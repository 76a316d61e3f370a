/** What is said twice on one command line never wins in silence. */
import type { Command, Option } from 'commander';
import { FlowerPowerError } from '@flowerpower/core';
import type { CliErrorCode } from '../errors/catalogue.js';

/** An option whose values are added up. */
type MaybeRepeatable = Option & { readonly isRepeatable?: true };

/** Marks an option that may be given more than once. */
export function repeatable(option: Option): Option {
  return Object.assign(option, { isRepeatable: true });
}

/**
 * From now on the command throws `FP_CLI_USAGE` for an option with a value that is given twice, and for a flag beside its
 * `--no-…`.
 */
export function refuseRepeats(command: Command): void {
  const given = new Map<string, Option>();
  for (const option of command.options as readonly MaybeRepeatable[]) {
    if (option.isRepeatable === true) continue;
    command.on(`option:${option.name()}`, () => {
      const before = given.get(option.attributeName());
      given.set(option.attributeName(), option);
      if (before === undefined) return;
      if (before !== option) throw usage(`${flagOf(before)} and ${flagOf(option)} are given together.`);
      if (option.required || option.optional) throw usage(`${flagOf(option)} is given twice.`);
    });
  }
}

function flagOf(option: Option): string {
  return option.long ?? option.flags;
}

function usage(message: string): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_USAGE';
  return new FlowerPowerError({ code, message, hint: 'Keep one of them.' });
}
