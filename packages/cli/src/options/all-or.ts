import { FlowerPowerError, nameList } from '@flowerpower/core';
import type { PipelineManager } from '@flowerpower/project';
import type { CliErrorCode } from '../errors/catalogue.js';

/** The names that were given, each once, or those of the project. @throws FlowerPowerError `FP_CLI_USAGE` for neither, or both. */
export async function allOr(
  names: readonly string[],
  { all }: { readonly all?: boolean },
  { list }: Pick<PipelineManager, 'list'>,
): Promise<readonly string[]> {
  if (all === true && names.length === 0) return (await list()).map(({ name }) => name);
  if (all !== true && names.length > 0) return [...new Set(names)];
  const code: CliErrorCode = 'FP_CLI_USAGE';
  throw new FlowerPowerError({
    code,
    message: all === true ? `--all is given beside ${nameList(names)}.` : 'No pipeline is named.',
    hint: 'Name one or several, or give --all for every pipeline of the project.',
  });
}
