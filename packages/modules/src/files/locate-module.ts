import { dirname, extname } from 'node:path';
import { formatPlace, moduleError } from '../errors/catalogue.js';
import { didYouMeanFile } from './neighbours.js';
import { ResolutionTrace } from './resolution-trace.js';
import { fileCandidates, findUserFile, isScript } from './user-file.js';

/**
 * The real path of the module that a path means.
 * Raises `FP_MODULE_FILE_NOT_FOUND` or `FP_MODULE_UNSUPPORTED_FILE`.
 *
 * @param path - absolute.
 * @param given - what the caller wrote, for the message.
 */
export function locateModule(path: string, given: string): string {
  const file = findUserFile(path, new ResolutionTrace());
  if (file === undefined) {
    const tried = fileCandidates(path).map((candidate) => `    ${candidate}`);
    throw moduleError({
      code: 'FP_MODULE_FILE_NOT_FOUND',
      message: `There is no module '${given}'. Tried:\n${tried.join('\n')}`,
      hint: didYouMeanFile(path) ?? `Create the file in ${dirname(path)}, or correct the path.`,
      places: [{ file: path }],
    });
  }
  if (!isScript(file)) {
    throw moduleError({
      code: 'FP_MODULE_UNSUPPORTED_FILE',
      message: `${formatPlace({ file })} is not a module: ${extname(file) || 'its name'} is not a kind of source file that can be loaded.`,
      hint: 'Modules are .ts, .mts, .js or .mjs files.',
      places: [{ file }],
    });
  }
  return file;
}
