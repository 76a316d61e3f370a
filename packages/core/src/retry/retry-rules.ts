/** What the options of a retry must be, of a node and of whatever else is tried again. */
import { aChoice, aNameList, aWhole, type OptionRules, required } from '../errors/option-rules.js';

const seconds = { fits: isNotNegative, expected: 'a number of seconds of at least 0' };

/** Made when they are needed: a bundle drops what nobody calls. */
export const retryRules = (): OptionRules => ({
  maxRetries: required({ ...aWhole(0), hint: 'Write retry({ maxRetries: 3 }).' }),
  retryDelay: seconds,
  jitterFactor: { fits: isNotNegative, expected: 'a number of at least 0' },
  jitter: aChoice('added', 'full'),
  maxDelay: {
    fits: (value) => isNotNegative(value) && value !== 0,
    expected: 'a number of seconds above 0',
    hint: 'Write retryDelay: 0 for retries at once.',
  },
  retryExceptions: aNameList,
  when: {
    fits: isPredicate,
    expected: 'a function that tells at once, not by a promise, whether an error is worth a retry',
  },
});

function isPredicate(value: unknown): boolean {
  return typeof value === 'function' && !Object.prototype.toString.call(value).startsWith('[object Async');
}

function isNotNegative(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}
