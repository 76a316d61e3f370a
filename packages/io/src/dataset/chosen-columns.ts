/** The option `columns` of a saver: a list of names, or a map from names to whatever the format says of a column. */

/** The names; undefined where the option is not given. */
export function namesOf(columns: unknown): readonly string[] | undefined {
  if (Array.isArray(columns)) return columns as readonly string[];
  return typeof columns === 'object' && columns !== null ? Object.keys(columns) : undefined;
}

/** The option without some of its columns. */
export function withoutColumns(columns: unknown, names: readonly string[]): unknown {
  if (Array.isArray(columns)) return columns.filter((name: string) => !names.includes(name));
  if (typeof columns !== 'object' || columns === null) return columns;
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name)));
}
