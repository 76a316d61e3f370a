/** `--set` and `--set-string`: any value of the configuration. */
import type { Assignment } from '@flowerpower/config';
import { FlowerPowerError } from '@flowerpower/core';
import { type Command, Option } from 'commander';
import type { CliErrorCode } from '../errors/catalogue.js';
import { repeatable } from './refuse-repeats.js';

/** What commander gives for them. */
export interface SetFlags {
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
}

export function addSetOptions(command: Command): Command {
  const set = 'set any configuration value, as params.greeting.message=Hi (repeatable)';
  const setString =
    'the same for a text that looks like something else, as run.inputs.zip=01234 (repeatable)';
  return command
    .addOption(repeatable(new Option('-s, --set <path=value>', set).argParser(collect)))
    .addOption(repeatable(new Option('--set-string <path=text>', setString).argParser(collect)));
}

/** @throws FlowerPowerError `FP_CLI_USAGE` for what is no assignment, and for a value that is given twice. */
export function setFrom(flags: SetFlags): (string | Assignment)[] {
  const settings = assignmentsFrom(flags);
  refuseRepeated(settings);
  return settings;
}

export function assignmentsFrom({ set = [], setString = [] }: SetFlags): (string | Assignment)[] {
  return [...set, ...setString.map(textAssignment)];
}

function textAssignment(text: string): Assignment {
  const at = text.indexOf('=');
  const path = text.slice(0, at).trim();
  if (at === -1 || path.split('.').includes('')) {
    const code: CliErrorCode = 'FP_CLI_USAGE';
    throw new FlowerPowerError({
      code,
      message: `--set-string ${at === -1 ? text : path}: not an assignment of the form path=text.`,
      hint: 'Write for example --set-string run.inputs.zip=01234.',
    });
  }
  return { path, flag: `--set-string ${path}`, value: text.slice(at + 1) };
}

export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function refuseRepeated(settings: readonly (string | Assignment)[]): void {
  const seen = new Map<string, string>();
  for (const setting of settings) {
    const path = typeof setting === 'string' ? setting.split('=', 1)[0]!.trim() : setting.path;
    const name = typeof setting === 'string' ? `--set ${path}` : setting.flag;
    const first = seen.get(path);
    seen.set(path, name);
    if (first === undefined) continue;
    const code: CliErrorCode = 'FP_CLI_USAGE';
    throw new FlowerPowerError({
      code,
      message: first === name ? `${name} is given twice.` : `${path} is given by ${first} and by ${name}.`,
      hint: 'Keep one of them.',
    });
  }
}
