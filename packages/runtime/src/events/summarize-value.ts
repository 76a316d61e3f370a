/** The shape of a value, never its content: events end up in files, and values may be secret. */
export interface ValueSummary {
  /** `array`, `string`, `null` …, or the name of the class. */
  readonly type: string;
  /** Items of an array, a set or a map. */
  readonly rows?: number;
  /** Size of binary data. */
  readonly bytes?: number;
}

export function summarizeValue(value: unknown): ValueSummary {
  try {
    return summarize(value);
  } catch {
    // A revoked proxy, or one whose traps throw.
    return { type: typeof value };
  }
}

function summarize(value: unknown): ValueSummary {
  if (value === null) return { type: 'null' };
  if (typeof value !== 'object') return { type: typeof value };
  if (Array.isArray(value)) return { type: 'array', rows: value.length };
  const type = classOf(value);
  if (value instanceof Map || value instanceof Set) return { type, rows: value.size };
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return { type, bytes: value.byteLength };
  return { type };
}

function classOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name !== 'string' || name === '' || name === 'Object' ? 'object' : name;
}
