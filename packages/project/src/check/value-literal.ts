/** Values known before the run (bound parameters, inputs from YAML) as TypeScript expressions. */

export interface LiteralOptions {
  /** True for a text or a number that must not be written to disk; only its type is then known. */
  readonly isSecret: (value: string | number) => boolean;
  /** True for a text that stands in for a value of any type. */
  readonly isUnknown: (value: string) => boolean;
  /** Accept keys that the wanted type does not have: another function may want them. */
  readonly allowExtraKeys: boolean;
}

/**
 * The value as an expression on one line, of the type that TypeScript gives a literal in its place.
 *
 * @returns undefined for what JSON cannot express (dates, functions, instances of classes, circles), and for what is not
 *   known: such a value has no type that could be checked.
 */
export function valueLiteral(value: unknown, options: LiteralOptions): string | undefined {
  if (value === undefined) return 'undefined';
  return literalOf(value, options, new Set());
}

function literalOf(value: unknown, options: LiteralOptions, within: Set<object>): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      return Number.isFinite(value) && !options.isSecret(value) ? String(value) : '(given as number)';
    case 'string':
      if (options.isUnknown(value)) return undefined;
      return options.isSecret(value) ? '(given as string)' : JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : containerLiteral(value, options, within);
    default:
      return undefined;
  }
}

function containerLiteral(value: object, options: LiteralOptions, within: Set<object>): string | undefined {
  if (within.has(value) || !(Array.isArray(value) || isPlainObject(value))) return undefined;
  within.add(value);
  const text = Array.isArray(value)
    ? arrayLiteral(value, options, within)
    : objectLiteral(value as Record<string, unknown>, options, within);
  within.delete(value);
  return text;
}

function arrayLiteral(values: unknown[], options: LiteralOptions, within: Set<object>): string | undefined {
  const items = Array.from(values, (item) =>
    item === undefined ? undefined : literalOf(item, options, within),
  );
  return items.every((item) => item !== undefined) ? `[${items.join(', ')}]` : undefined;
}

function objectLiteral(
  values: Record<string, unknown>,
  options: LiteralOptions,
  within: Set<object>,
): string | undefined {
  const properties: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const text = literalOf(value, options, within);
    if (text === undefined) return undefined;
    // Written plainly, this key would set the prototype.
    properties.push(`${key === '__proto__' ? '["__proto__"]' : JSON.stringify(key)}: ${text}`);
  }
  const literal = `{ ${properties.join(', ')} }`;
  // TypeScript looks for unknown keys in a literal, but not in what is spread into one.
  return options.allowExtraKeys ? `{ ...${literal} }` : literal;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
