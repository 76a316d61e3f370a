/** Plain data with every text in it masked; keys stay. */
export function maskStrings<T>(value: T, mask: (text: string) => string): T {
  return masked(value, mask) as T;
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner, mask)]));
}
