import { FlowerPowerError } from '@flowerpower/core';
import type { CliErrorCode } from '../errors/catalogue.js';

/** `a,b` → both names. Undefined for a flag that is not given; an empty text asks for nothing, which is a slip. */
export function namesOf(flag: string, text: string | undefined): string[] | undefined {
  const names = text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names?.length !== 0) return names;
  const code: CliErrorCode = 'FP_CLI_USAGE';
  throw new FlowerPowerError({
    code,
    message: `${flag} names no node.`,
    hint: `Name some, as in ${flag} report,total, or leave the flag out. Is a variable of the shell empty?`,
  });
}
