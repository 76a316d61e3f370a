import { requireArgument } from './option-problems.js';
import { FlowerPowerError, type FlowerPowerErrorOptions, isFlowerPowerError } from './flowerpower-error.js';
import { isRecord, type OptionRule } from './option-rules.js';

/** An error as it is raised, with one of the codes that were declared. */
interface DefinedErrorOptions<Code extends string> extends FlowerPowerErrorOptions {
  readonly code: Code;
  /** Whether another attempt may help. Default: what the cause says of itself, and else that it may. */
  readonly retryable?: boolean | undefined;
}

/** Makes errors of one catalogue. */
export interface ErrorMaker<Code extends string> {
  (options: DefinedErrorOptions<Code>): FlowerPowerError & { readonly code: Code };
  /** Every code with the sentence that explains it, for a page of documentation and the test that keeps it in step. */
  readonly catalogue: Readonly<Record<Code, string>>;
  /** True for an error of this catalogue, also one that another copy of the package raised; with `code`, only for that code. */
  is(error: unknown, code?: Code): error is FlowerPowerError & { readonly code: Code };
}

/** Codes of FlowerPower's own packages start with `FP_`, and no others do. */
type OwnCodes<Codes> = { readonly [Code in keyof Codes]: Code extends `FP_${string}` ? never : string };

const codePattern = /^(?!FP_)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

const aSentence: OptionRule = {
  fits: (sentence) => typeof sentence === 'string' && /\S/.test(sentence),
  expected: 'a sentence',
};
const aCatalogue: OptionRule = {
  fits: (value) => isRecord(value) && Object.values(value).every(aSentence.fits),
  expected: 'an object of sentences by code',
  entry: aSentence,
};

const aCode: OptionRule = {
  fits: (code) => codePattern.test(code as string),
  expected: 'capital words joined by _, the first of them your own and not FP',
  hint: 'Start every code with a word for your package, for example LEDGER_LINE_TOO_LONG.',
};

/**
 * Declares the errors of a plugin or of a project, each with a permanent code of its own, and gives the function that makes
 * them. They are FlowerPower errors: hint, places, cause and `retryable` reach whoever runs the pipeline as they are.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for codes that start with `FP_`, as those of FlowerPower itself do, or that are no
 *   capital words.
 *
 * @example
 * ```ts
 * import { defineErrors } from '@flowerpower/core';
 *
 * const ledgerError = defineErrors({
 *   LEDGER_CLOSED: 'The ledger of a month that is over takes no more entries.',
 * });
 *
 * try {
 *   throw ledgerError({
 *     code: 'LEDGER_CLOSED',
 *     message: 'The ledger of May is closed.',
 *     hint: 'Enter it in June.',
 *     retryable: false,
 *   });
 * } catch (error) {
 *   if (ledgerError.is(error, 'LEDGER_CLOSED')) console.log(error.hint); // Enter it in June.
 * }
 * ```
 */
export function defineErrors<const Codes extends OwnCodes<Codes>>(
  catalogue: Codes,
): ErrorMaker<keyof Codes & string> {
  requireArgument('The catalogue', aCatalogue, catalogue, 'defineErrors');
  const codes = Object.keys(catalogue);
  for (const code of codes) requireArgument(`The code '${code}'`, aCode, code, 'defineErrors');
  const aKnownCode: OptionRule = {
    fits: (code) => codes.includes(code as string),
    expected: `one of ${codes.join(', ')}`,
    choices: codes,
  };
  type Code = keyof Codes & string;
  const make = (options: DefinedErrorOptions<Code>) => {
    requireArgument('The code', aKnownCode, options.code);
    const { retryable } = options;
    const error = new FlowerPowerError(options) as FlowerPowerError & { readonly code: Code };
    return retryable === undefined ? error : Object.assign(error, { retryable });
  };
  const is = (error: unknown, code?: Code): error is FlowerPowerError & { readonly code: Code } =>
    isFlowerPowerError(error) && (code === undefined ? codes.includes(error.code) : error.code === code);
  return Object.assign(make, { catalogue: catalogue as Readonly<Record<Code, string>>, is });
}
