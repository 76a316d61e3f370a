import { safely } from './safely.js';

/** True for `{…}`, also from another realm, and for objects without prototype; false for instances of classes. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return safely(() => {
    const prototype: unknown = Object.getPrototypeOf(value);
    return (
      prototype === null ||
      (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'hasOwnProperty'))
    );
  }, false);
}
