/** Drivers and signals hand on errors of others. Those may have getters that throw, or be revoked proxies. */

export function isInstance<T>(value: unknown, type: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

/** A property that is a text; undefined otherwise, also when it cannot be read. */
export function textAt(error: unknown, key: string): string | undefined {
  try {
    const text = (error as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The message of an error, or the text of anything else that was thrown. Never throws. */
export function messageOf(error: unknown): string {
  try {
    return isInstance(error, Error) ? error.message : String(error);
  } catch {
    return `a value of type ${typeof error} that cannot be read was thrown`;
  }
}
