/** The codes of all packages, with what each means. */
import { configErrors } from '@flowerpower/config';
import { coreErrors, FlowerPowerError } from '@flowerpower/core';
import { fsErrors } from '@flowerpower/fs';
import { ioErrors } from '@flowerpower/io';
import { moduleErrors } from '@flowerpower/modules';
import { pluginErrors } from '@flowerpower/plugin';
import { checkErrors, projectErrors } from '@flowerpower/project';
import { runtimeErrors } from '@flowerpower/runtime';
import { visualizeErrors } from '@flowerpower/visualize';
import { cliErrors } from '../errors/catalogue.js';
import { exitCodeOf } from '../errors/exit-code.js';
import { advice } from './advice.js';

export interface ExplainedCode {
  readonly code: string;
  /** The package that raises it. */
  readonly package: string;
  readonly meaning: string;
  /** Of a command that ends with this error; null for a warning, which ends none. */
  readonly exitCode: number | null;
  readonly advice: readonly string[];
}

/** By the package that raises them. */
export const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '@flowerpower/core': coreErrors,
  '@flowerpower/fs': fsErrors,
  '@flowerpower/io': ioErrors,
  '@flowerpower/modules': moduleErrors,
  '@flowerpower/config': configErrors,
  '@flowerpower/plugin': pluginErrors,
  '@flowerpower/runtime': runtimeErrors,
  '@flowerpower/visualize': visualizeErrors,
  '@flowerpower/project': { ...projectErrors, ...checkErrors },
  flowerpower: cliErrors,
};

export function explainedCodes(): ExplainedCode[] {
  return Object.entries(catalogues).flatMap(([name, catalogue]) =>
    Object.entries(catalogue).map(([code, meaning]) => ({
      code,
      package: name,
      meaning,
      exitCode: meaning.startsWith('Warning:')
        ? null
        : exitCodeOf(new FlowerPowerError({ code, message: meaning })),
      advice: advice[code] ?? [],
    })),
  );
}
