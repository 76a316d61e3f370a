/** The flags of run options, made from the one table of them. */
import { type Command, Option } from 'commander';
import { type Assignment, type RunOptionEntry, runOptionList } from '@flowerpower/config';
import { readValues } from './read-values.js';
import { repeatable } from './refuse-repeats.js';
import { addSetOptions, assignmentsFrom, collect, refuseRepeated } from './set-options.js';
import { sameAs } from './same-as.js';

/** What commander gives for the flags, by the name of the flag in camelCase. */
export type RunFlags = Readonly<Record<string, unknown>> & {
  readonly inputs?: readonly string[];
  /** Separated by commas. */
  readonly outputs?: string;
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
};

/** They belong to the run and not to its configuration: what they mean depends on the graph. */
const ofTheRun = new Set(['run.inputs', 'run.finalVars']);

/** What flags of FlowerPower for Python are called here. */
const pythonFlags: Readonly<Record<string, string>> = {
  '--final-vars <names>': '--outputs',
  '--executor-cfg <values>': '--executor-options',
};

export function addRunOptions(command: Command): Command {
  for (const entry of runOptionList) {
    command.addOption(optionOf(entry));
    if (entry.takes === 'boolean') {
      command.addOption(
        new Option(noFlag(entry), `not ${entry.flag}, whatever the configuration says`).helpGroup(
          groupOf(entry),
        ),
      );
    }
  }
  for (const [flags, long] of Object.entries(pythonFlags)) {
    command.addOption(sameAs(command.options.find((option) => option.long === long)!, flags));
  }
  return addSetOptions(command);
}

/**
 * The settings that the flags and `--set` make.
 *
 * @throws FlowerPowerError `FP_CLI_VALUE` for a value that cannot be read; `FP_CLI_USAGE` when one setting is given twice.
 */
export function settingsFrom(flags: RunFlags): (string | Assignment)[] {
  // Later ones win, so a flag wins over `--set` of a map around it.
  const settings = assignmentsFrom(flags);
  for (const entry of runOptionList) {
    const option = new Option(entry.flag);
    const given = flags[option.attributeName()];
    if (given === undefined || ofTheRun.has(entry.path)) continue;
    settings.push(settingOf(entry, option.long!, given));
  }
  refuseRepeated(settings);
  return settings;
}

function settingOf({ path, takes }: RunOptionEntry, flag: string, given: unknown): Assignment {
  if (takes === 'map') {
    return { path, flag, value: readValues(flag, given as readonly string[], () => undefined) };
  }
  const shown = takes === 'boolean' && given === false ? flag.replace('--', '--no-') : flag;
  return { path, flag: shown, text: String(given) };
}

function optionOf(entry: RunOptionEntry): Option {
  const help = entry.variable === undefined ? entry.help : `${entry.help} (variable: ${entry.variable})`;
  const option = new Option(entry.flag, help).helpGroup(groupOf(entry));
  if (entry.takes === 'boolean') return option;
  // A list is read as text: `a,b` behind one flag or behind several.
  if (entry.takes === 'list')
    return repeatable(
      option.argParser((value: string, before?: string) =>
        before === undefined ? value : `${before},${value}`,
      ),
    );
  return entry.takes === 'map' ? repeatable(option.argParser(collect)) : option;
}

/** The settings in one map of `run:` stand together. */
function groupOf({ path }: RunOptionEntry): string {
  const [, group, inside] = path.split('.');
  return inside === undefined ? 'Run options:' : `${group!.charAt(0).toUpperCase()}${group!.slice(1)}:`;
}

function noFlag({ flag }: RunOptionEntry): string {
  return flag.replace('--', '--no-');
}
