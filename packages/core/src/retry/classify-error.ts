/** Whether an error is worth another attempt. */
import { asPromise } from '../model/as-promise.js';
import { isThenable } from '../model/is-thenable.js';
import { isError } from '../errors/is-error.js';
import { readProperty } from '../errors/read-property.js';
import type { RetryPredicate } from './backoff.js';
import { retryDemand } from './retry-errors.js';
import { systemErrorCodes } from './system-error-codes.js';

/**
 * Stands for the empty list among other names: everything but programming errors. It is what the original
 * FlowerPower writes into every pipeline file, where it names Python's base class.
 */
export const anyException = 'Exception';

const programmingErrors = new Set<unknown>(['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError']);
/** What Node's `fetch` says when it has no code to give. */
const networkMessages = new Set<unknown>(['fetch failed', 'terminated']);

/**
 * @param error - what the node threw.
 * @param worth - tells it, or the names of the errors worth a retry: `error.name`, a class on its prototype chain,
 *   or `error.code`, looked for on the error and its causes. Empty: see below.
 *
 * A `RetryableError` or `FatalError` decides first. Without names the outermost `retryable: boolean` found on
 * the error and its causes decides, as filesystem errors have it; then everything is worth a retry except
 * `AbortError` and programming errors (`TypeError` that no network failure caused, `ReferenceError`,
 * `SyntaxError`, `RangeError`).
 */
export function isRetryable(error: unknown, worth: readonly string[] | RetryPredicate): boolean {
  const chain = causesOf(error);
  const demand = chain.map(retryDemand).find((found) => found !== undefined);
  if (demand !== undefined) return demand === 'always';
  if (typeof worth === 'function') {
    const answer: unknown = worth(error);
    if (isThenable(answer)) throw refusedAnswer(answer);
    return Boolean(answer);
  }
  return isNamed(chain, worth);
}

/** The promise is left to itself; its rejection must not end the process. */
function refusedAnswer(answer: PromiseLike<unknown>): TypeError {
  asPromise(answer).catch(() => {});
  return new TypeError('It gave a promise; it must answer at once.');
}

function isNamed(chain: readonly unknown[], names: readonly string[]): boolean {
  if (chain.some((link) => namesOf(link).some((name) => names.includes(name)))) return true;
  return (names.length === 0 || names.includes(anyException)) && isRetryableByDefault(chain);
}

/** The largest `retryAfter`, in seconds, that the error or a cause of it asks for. */
export function retryAfterOf(error: unknown): number | undefined {
  const delays = causesOf(error)
    .map((link) => readProperty(link, 'retryAfter'))
    .filter((value): value is number => typeof value === 'number' && value >= 0);
  return delays.length === 0 ? undefined : Math.max(...delays);
}

function isRetryableByDefault(chain: readonly unknown[]): boolean {
  for (const link of chain) {
    const retryable = readProperty(link, 'retryable');
    if (typeof retryable === 'boolean') return retryable;
  }
  const [error] = chain;
  if (!isError(error)) return true;
  const name = readProperty(error, 'name');
  if (name === 'AbortError') return false;
  return !programmingErrors.has(name) || (name === 'TypeError' && isNetworkFailure(error, chain));
}

function isNetworkFailure(error: Error, chain: readonly unknown[]): boolean {
  return (
    networkMessages.has(readProperty(error, 'message')) ||
    chain.some((link) => systemErrorCodes().has(codeOf(link) ?? ''))
  );
}

/** The error and its causes, outermost first; a chain that bites its tail ends there. */
function causesOf(error: unknown): unknown[] {
  const chain = new Set<unknown>();
  for (let link = error; link !== undefined && !chain.has(link); ) {
    chain.add(link);
    link = isError(link) ? readProperty(link, 'cause') : undefined;
  }
  return [...chain];
}

function codeOf(error: unknown): string | undefined {
  const code = readProperty(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

function namesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const names = [codeOf(error), readProperty(error, 'name'), ...classesOf(error)];
  return names.filter((name): name is string => typeof name === 'string');
}

/** The names of the classes that are known before one of them cannot be asked. */
function classesOf(error: object): unknown[] {
  const names: unknown[] = [];
  try {
    let link = Object.getPrototypeOf(error) as object | null;
    for (; link !== null; link = Object.getPrototypeOf(link) as object | null) {
      if (Object.hasOwn(link, 'constructor') && link !== Object.prototype) names.push(link.constructor.name);
    }
  } catch {
    // A proxy that is revoked, or has traps that throw.
  }
  return names;
}
