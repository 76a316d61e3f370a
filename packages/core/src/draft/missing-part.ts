import { boundedList } from '../errors/name-list.js';
import type { CoreErrorCode } from '../errors/catalogue.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { kindOf } from '../errors/kind-of.js';

const code: CoreErrorCode = 'FP_MISSING_PART';

/** What a node that takes a part of a value throws when there is no such part. */
export function missingPart(message: string, hint: string, part: string): FlowerPowerError {
  return new FlowerPowerError({ code, message, hint, context: { part } });
}

/** What a value is, and how long an array is. */
export function kindWithLength(value: unknown): string {
  const kind = kindOf(value);
  return kind === 'an array' ? `${kind} of ${(value as readonly unknown[]).length}` : kind;
}

/** An own or inherited property; what every object has does not count. */
export function partOf(value: object, name: string): unknown {
  return hasPart(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

export function hasPart(value: object, name: string): boolean {
  return Object.hasOwn(value, name) || (name in value && !(name in Object.prototype));
}

export function listKeys(value: object): string {
  return `It has: ${boundedList(Object.keys(value)) || 'none'}.`;
}
