/**
 * A property of something foreign; undefined when it has none, or cannot be asked. Getters may throw, and so does
 * every question to a revoked proxy.
 */
export function readProperty(value: unknown, key: PropertyKey): unknown {
  try {
    return (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}
