import { type FlowerPowerError, messageOf } from '@flowerpower/core';
import { moduleError } from './catalogue.js';

export function unreadableFile(path: string, cause: unknown): FlowerPowerError {
  return moduleError({
    code: 'FP_MODULE_FILE_UNREADABLE',
    message: `${path} cannot be read: ${messageOf(cause)}`,
    hint: 'Check that the file exists and that its permissions allow reading.',
    places: [{ file: path }],
    cause,
  });
}
