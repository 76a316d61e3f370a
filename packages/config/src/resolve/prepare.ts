import { loadYamlLibrary } from '@flowerpower/yaml';
import { errorFromProblems, type FlowerPowerError, type Place } from '@flowerpower/core';
import type { ConfigErrorCode, ConfigProblem } from '../errors/catalogue.js';
import type { Environment } from '../interpolation/interpolate.js';
import { type Assignment, textOf } from '../layers/assignments.js';
import { isConfigVariable } from '../layers/variables.js';
import type { ReadContext } from '../read/context.js';
import { isYamlText } from '../read/resolve-text.js';
import type { ConfigText } from '../source/source-file.js';
import { readReferencedFiles } from './referenced-files.js';

/** What a configuration is read with, besides its texts. */
export interface ReadingOptions {
  /** The environment for references and FP_ variables; pass `process.env`. Default: no variable at all. */
  readonly env?: Environment | undefined;
  /** Where a variable stands that a file gives; see `readEnvironmentFile`. */
  readonly variablePlaces?: ReadonlyMap<string, Place> | undefined;
  /**
   * Reads a file that `${file:path}` refers to, as a text; rejects with why it cannot. Which files may be read is for it to
   * judge. Default: none.
   */
  readonly readFile?: ((path: string) => Promise<string>) | undefined;
}

/** Loads the YAML library if anything needs it, and the files that texts refer to; the reading itself is synchronous. */
export async function createContext(
  texts: readonly (ConfigText | undefined)[],
  { env: environment = {}, variablePlaces = new Map(), readFile }: ReadingOptions,
  assignments: readonly (string | Assignment)[] = [],
): Promise<ReadContext> {
  const needsYaml =
    texts.some((text) => text !== undefined) ||
    assignments.some((assignment) => isYamlText(textOf(assignment))) ||
    Object.keys(environment).some((name) => isConfigVariable(name) && isYamlText(environment[name] ?? ''));
  const yaml = needsYaml ? await loadYamlLibrary() : undefined;
  const file = await readReferencedFiles(texts, readFile);
  return { environment, variablePlaces, file, yaml, problems: [], warnings: [] };
}

/** The one error for all problems. A problem that shows up on two ways is reported once. */
export function configError(problems: readonly ConfigProblem[], title: string): FlowerPowerError {
  const unique = [...new Map(problems.map((problem) => [problem.message, problem])).values()];
  const code: ConfigErrorCode = 'FP_CONFIG_INVALID';
  return errorFromProblems(unique, { code, title });
}
