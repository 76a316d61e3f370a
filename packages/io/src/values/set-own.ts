/** Sets a property of an object's own. Plain assignment of `__proto__` would change the prototype instead. */
export function setOwn(object: object, key: string | number, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    (object as Record<string | number, unknown>)[key] = value;
  }
}
