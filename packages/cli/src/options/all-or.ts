import { FlowerPowerError, nameList } from '@flowerpower/core';
import type { PipelineManager } from '@flowerpower/project';
import type { CliErrorCode } from '../errors/catalogue.js';

interface AllFlag {
  readonly all?: boolean;
}

/** Either names or `--all`. Asked before a project is opened. @throws FlowerPowerError `FP_CLI_USAGE` for neither, or both. */
export function requireNamesOrAll(names: readonly string[], { all = false }: AllFlag): void {
  if (all !== names.length > 0) return;
  const code: CliErrorCode = 'FP_CLI_USAGE';
  throw new FlowerPowerError({
    code,
    message: all ? `--all is given beside ${nameList(names)}.` : 'No pipeline is named.',
    hint: 'Name one or several, or give --all for every pipeline of the project.',
  });
}

/** The names that were given, each once, or those of the project. */
export async function allOr(
  names: readonly string[],
  { all }: AllFlag,
  { list }: Pick<PipelineManager, 'list'>,
): Promise<readonly string[]> {
  return all === true ? (await list()).map(({ name }) => name) : [...new Set(names)];
}
