import type { CoreProblem } from '../errors/catalogue.js';
import { hintForErrorName, knownErrorNames } from './error-names.js';

const flowerPowerCode = /^FP_[A-Z\d_]+$/;

/** A problem for each of `retryExceptions` that stands for no error that is known here. */
export function unknownErrorNames(names: readonly string[]): readonly CoreProblem[] {
  const known = knownErrorNames();
  return names
    .filter((name) => !known.has(name) && !flowerPowerCode.test(name))
    .map((name) => ({
      code: 'FP_BAD_OPTION',
      message: `retryExceptions names '${name}', which is not a known error`,
      hint:
        hintForErrorName(name, known) ??
        `For a class of your own: when: (error) => error instanceof ${name}.`,
    }));
}
