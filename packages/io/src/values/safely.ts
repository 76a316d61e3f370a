/** What a question about a foreign value gives, or something else where even asking throws, as for a revoked proxy. */
export function safely<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}
