import { messageOf } from '@flowerpower/core';
import { ioError } from '../../errors/io-error.js';
import { checkPlainData } from '../../values/check-plain-data.js';
import { jsonDepth } from './json-depth.js';

/**
 * JSON of plain data. FP_IO_VALUE for anything that JSON would drop or change.
 *
 * @param where - begins the sentence of an error: `Row 3 for 'a.jsonl'`.
 * @param indent - spaces per level; 0 for one line.
 */
export function writeJson(value: unknown, where: string, indent: number): string {
  checkPlainData(value, where, jsonDepth);
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (cause) {
    throw ioError({
      code: 'FP_IO_VALUE',
      message: `${where} cannot be written as JSON: ${messageOf(cause)}.`,
      hint: 'Its text may be too long for one string, or one of its getters gives another value each time.',
      cause,
    });
  }
}
