/** The facts of whatever was thrown. Getters of an error may throw, and a proxy may be revoked. */
import { type FlowerPowerError, isError, isFlowerPowerError, readProperty } from '@flowerpower/core';
import { showValue } from './show-value.js';

export interface ErrorFacts {
  /** Undefined for what is not a FlowerPower error. */
  readonly known: FlowerPowerError | undefined;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly cause: unknown;
}

/** Never throws. Undefined for what is not an error. */
export function readError(thrown: unknown): ErrorFacts | undefined {
  if (!isError(thrown)) return undefined;
  const text = (key: string, otherwise: string) => {
    const found = readProperty(thrown, key);
    return typeof found === 'string' ? found : otherwise;
  };
  return {
    known: isFlowerPowerError(thrown) ? thrown : undefined,
    name: text('name', 'Error'),
    message: text('message', '<its message cannot be read>'),
    stack: text('stack', ''),
    cause: readProperty(thrown, 'cause'),
  };
}

/** `TypeError: no such thing`, or a look at what was thrown instead of an error. */
export function messageOf(thrown: unknown): string {
  const facts = readError(thrown);
  return facts === undefined ? showValue(thrown, { depth: 1 }) : `${facts.name}: ${facts.message}`;
}
