type Class<T> = abstract new (...args: never[]) => T;

/** As `instanceof`, for what nodes throw: false also for a value that cannot be asked, such as a revoked proxy. */
export function isInstance<T>(value: unknown, type: Class<T>): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

/** True for errors, subclasses included. Its properties may still throw: see {@link messageOf} and {@link readProperty}. */
export function isError(value: unknown): value is Error {
  return isInstance(value, Error);
}
