/** Plain data with every text in it masked; keys stay, and so do the files of places, which programs open. */
export function maskStrings<T>(value: T, mask: (text: string) => string): T {
  return masked(value, mask) as T;
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'places' && isPlaces(inner) ? inner : masked(inner, mask),
    ]),
  );
}

function isPlaces(value: unknown): boolean {
  return Array.isArray(value) && value.every(isPlace);
}

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { file, ...rest }: Readonly<Record<string, unknown>> = { ...value };
  return typeof file === 'string' && Object.values(rest).every((each) => typeof each !== 'string');
}
