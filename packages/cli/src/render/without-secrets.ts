/** Plain data with every text in it, and every key, as it may be shown. */
export function withoutSecrets(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [mask(key), withoutSecrets(inner, mask)]),
  );
}
