import { shorten } from '@flowerpower/core';
import type { ConfigProblem } from '../errors/catalogue.js';

const maxLength = 100;

export const pipelineNameRule =
  'letters, digits, "_", "-" and single dots inside the name, at most 100 characters';

/** For editors, too, and therefore without flags. */
export const pipelineNamePattern = /^(?=.{1,100}$)[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)*$/;

function isPipelineName(name: string): boolean {
  return pipelineNamePattern.test(name);
}

/**
 * Two names with the same key are one pipeline: `-` and `_` are one character in names, because a module's file is
 * spelled with `_`.
 */
export function pipelineKey(name: string): string {
  return name.replaceAll('-', '_');
}

/**
 * Checks a pipeline name: letters, digits, `_`, `-` and single dots inside the name, at most 100 characters.
 * A dot stands for a folder, so such a name never leaves the pipelines folder.
 *
 * @returns a problem with code `FP_CONFIG_NAME`, or undefined for a good name.
 *
 * @example
 * ```ts
 * import { validatePipelineName } from '@flowerpower/config';
 *
 * validatePipelineName('sales.daily_etl'); // undefined
 * validatePipelineName('../etc')?.code; // 'FP_CONFIG_NAME'
 * ```
 */
export function validatePipelineName(name: string): ConfigProblem | undefined {
  if (isPipelineName(name)) return undefined;
  const shown = JSON.stringify(shorten(name, maxLength + 1));
  return {
    code: 'FP_CONFIG_NAME',
    message: `${shown} is not a pipeline name.`,
    hint: `A pipeline name has ${pipelineNameRule}.`,
  };
}
