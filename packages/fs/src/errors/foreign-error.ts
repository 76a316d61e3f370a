/** Drivers and signals hand on errors of others. Those may have getters that throw, or be revoked proxies. */

export function isInstance<T>(value: unknown, type: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

/** True for an error of FlowerPower or of a plugin, which have the same symbol. */
export function isFlowerPower(error: unknown): boolean {
  return isInstance(error, Error) && propertyAt(error, Symbol.for('flowerpower.error')) === true;
}

/** A property that is a text; undefined otherwise, also when it cannot be read. */
export function textAt(error: unknown, key: string): string | undefined {
  const text = propertyAt(error, key);
  return typeof text === 'string' ? text : undefined;
}

/** A property that is true or false; undefined otherwise, also when it cannot be read. */
export function flagAt(error: unknown, key: string): boolean | undefined {
  const flag = propertyAt(error, key);
  return typeof flag === 'boolean' ? flag : undefined;
}

function propertyAt(error: unknown, key: string | symbol): unknown {
  try {
    return (error as Readonly<Record<string | symbol, unknown>> | null | undefined)?.[key];
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
