import type { Problem } from '@flowerpower/core';
import type { ShownConfiguration } from '@flowerpower/project';
import { maskStrings } from '@flowerpower/runtime';
import { FlowerPowerError } from '@flowerpower/core';
import type { CliErrorCode } from '../errors/catalogue.js';
import { success } from '../errors/exit-code.js';
import { type SetFlags, setFrom } from '../options/set-options.js';
import { toJsonValue } from '../render/json-value.js';
import { yamlLines, yamlValue } from '../render/yaml-lines.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, printWarnings, type ProjectOptions, withProject } from './options.js';

export interface ShowConfigOptions extends ProjectOptions, SetFlags {
  readonly explain?: boolean;
}

type Shown = ShownConfiguration['values'][number];

export function showConfig(
  name: string | undefined,
  options: ShowConfigOptions,
  terminal: Terminal,
): Promise<number> {
  const set = setFrom(options);
  if (name === undefined && set.length > 0) throw setOfProject();
  return withProject(options, terminal, async (project) => {
    const shown = await project.showConfig(name, { set });
    if (options.json) printJson(terminal, documentOf(shown, options.explain === true, terminal));
    else {
      printWarnings(terminal, shown.warnings, project.warnings);
      terminal.out(options.explain ? explained(shown.values, terminal) : yamlLines(treeOf(shown.values)));
      for (const line of unsetLines(shown.unset)) terminal.err(line);
    }
    return success;
  });
}

function documentOf(
  { pipeline, values, unset }: ShownConfiguration,
  explain: boolean,
  { mask }: Pick<Terminal, 'mask'>,
): object {
  return {
    pipeline: pipeline ?? null,
    config: toJsonValue(treeOf(values)),
    ...(explain && {
      values: values.map(({ path, winner, losers }) => ({
        path: path.join('.'),
        ...offerOf(winner),
        losers: losers.map(offerOf),
      })),
    }),
    unset: maskStrings(
      unset.map(({ code, message }) => ({ code, message })),
      mask,
    ),
  };
}

function offerOf({ value, layer, place }: Shown['winner']): object {
  return { value: value === undefined ? null : toJsonValue(value), layer, place };
}

/** Nested as in the files; what has no value is left out. */
function treeOf(values: readonly Shown[]): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const { path, winner } of values) {
    if (winner.value === undefined) continue;
    let map = tree;
    for (const key of path.slice(0, -1)) map = (map[key] ??= {}) as Record<string, unknown>;
    map[path.at(-1)!] = winner.value;
  }
  return tree;
}

function explained(values: readonly Shown[], { paint }: Pick<Terminal, 'paint'>): string[] {
  const rows = values
    .filter(({ winner, losers }) => winner.value !== undefined || losers.length > 0)
    .map(({ path, winner, losers }) => ({ name: path.join('.'), winner, losers }));
  const nameWidth = Math.max(0, ...rows.map(({ name }) => name.length));
  const text = ({ value }: Shown['winner']) => (value === undefined ? 'nothing' : yamlValue(value));
  const valueWidth = Math.min(40, Math.max(0, ...rows.map(({ winner }) => text(winner).length)));
  return rows.flatMap(({ name, winner, losers }) => [
    `${name.padEnd(nameWidth)}  ${text(winner).padEnd(valueWidth)}  ${paint('dim', winner.place)}`,
    ...losers.map((loser) =>
      paint('dim', `${' '.repeat(nameWidth)}  ${`not ${text(loser)}`.padEnd(valueWidth)}  ${loser.place}`),
    ),
  ]);
}

function unsetLines(unset: readonly Problem[]): string[] {
  if (unset.length === 0) return [];
  const first = unset.map(({ message }) => `  ${message.split('\n', 1)[0]}`);
  return ['', 'A run needs these:', ...new Set(first)];
}

function setOfProject(): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_USAGE';
  return new FlowerPowerError({
    code,
    message: '--set changes the configuration of a pipeline, and none is named.',
    hint: 'Name it, as in flowerpower config show sales --set run.timeout=30. For the project there are variables: FP_PROJECT__NAME.',
  });
}
