/**
 * Records whose keys are names that users chose. Every object seems to have a `toString` and a `constructor`, and an
 * assignment to `__proto__` sets no property.
 */

/** Undefined for what the record only inherits. */
export function ownProperty<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

export function setOwnProperty<T>(record: Record<string, T>, name: string, value: T): void {
  if (name !== '__proto__') record[name] = value;
  else Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}
