import { loadYamlLibrary } from '@flowerpower/yaml';
import { errorFromProblems, type FlowerPowerError } from '@flowerpower/core';
import type { ConfigErrorCode, ConfigProblem } from '../errors/catalogue.js';
import type { Environment } from '../interpolation/interpolate.js';
import { type Assignment, textOf } from '../layers/assignments.js';
import { isConfigVariable } from '../layers/variables.js';
import type { ReadContext } from '../read/context.js';
import { isYamlText } from '../read/resolve-text.js';
import type { ConfigText } from '../source/source-file.js';

/** Loads the YAML library if anything needs it; the reading itself is synchronous. */
export async function createContext(
  texts: readonly (ConfigText | undefined)[],
  environment: Environment,
  assignments: readonly (string | Assignment)[] = [],
): Promise<ReadContext> {
  const needsYaml =
    texts.some((text) => text !== undefined) ||
    assignments.some((assignment) => isYamlText(textOf(assignment))) ||
    Object.keys(environment).some((name) => isConfigVariable(name) && isYamlText(environment[name] ?? ''));
  const yaml = needsYaml ? await loadYamlLibrary() : undefined;
  return { environment, yaml, problems: [], warnings: [] };
}

/** The one error for all problems. A problem that shows up on two ways is reported once. */
export function configError(problems: readonly ConfigProblem[], title: string): FlowerPowerError {
  const unique = [...new Map(problems.map((problem) => [problem.message, problem])).values()];
  const code: ConfigErrorCode = 'FP_CONFIG_INVALID';
  return errorFromProblems(unique, { code, title });
}
