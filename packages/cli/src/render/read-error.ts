/** The facts of whatever was thrown. Getters of an error may throw, and a proxy may be revoked. */
import { type FlowerPowerError, isFlowerPowerError } from '@flowerpower/core';
import { showValue } from './show-value.js';

export interface ErrorFacts {
  /** Undefined for what is no FlowerPower error. */
  readonly known: FlowerPowerError | undefined;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly cause: unknown;
}

/** Never throws. Undefined for what is no error. */
export function readError(thrown: unknown): ErrorFacts | undefined {
  const known = attempt(() => (isFlowerPowerError(thrown) ? thrown : undefined));
  if (known === undefined && attempt(() => thrown instanceof Error) !== true) return undefined;
  const error = thrown as Error;
  const text = (read: () => unknown, otherwise: string) => {
    const found = attempt(read);
    return typeof found === 'string' ? found : otherwise;
  };
  return {
    known,
    name: text(() => error.name, 'Error'),
    message: text(() => error.message, '<its message cannot be read>'),
    stack: text(() => error.stack, ''),
    cause: attempt(() => error.cause),
  };
}

/** `TypeError: no such thing`, or a look at what was thrown instead of an error. */
export function messageOf(thrown: unknown): string {
  const facts = readError(thrown);
  return facts === undefined ? showValue(thrown, { depth: 1 }) : `${facts.name}: ${facts.message}`;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
