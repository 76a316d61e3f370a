import { isTree, type Tree } from './syntax-tree.js';

/**
 * A text for a syntax tree: the same for two trees exactly when they differ in nothing but places, quotes, the spelling
 * of numbers, empty statements, and quotes around the names of properties.
 */
export function canonicalTree(tree: Tree): string {
  const parts: string[] = [];
  write(tree, parts);
  return parts.join('');
}

const silent = new Set(['type', 'start', 'end', 'range', 'loc', 'parent']);

function write(tree: Tree, parts: string[]): void {
  if (tree.type === 'Literal') {
    parts.push(literal(tree));
    return;
  }
  parts.push('(', tree.type);
  for (const key in tree) {
    if (!silent.has(key)) writeField(tree, key, parts);
  }
  parts.push(')');
}

function writeField(tree: Tree, key: string, parts: string[]): void {
  const value = tree[key];
  if (value === undefined) return;
  parts.push(' ', key, ':');
  if (key === 'key' && tree['computed'] === false && isTree(value)) parts.push(propertyName(value));
  else if (Array.isArray(value)) {
    parts.push('[');
    for (const item of value as unknown[]) {
      if (isTree(item)) {
        if (item.type !== 'EmptyStatement') write(item, parts);
      } else parts.push(JSON.stringify(item ?? null));
      parts.push(',');
    }
    parts.push(']');
  } else if (isTree(value)) write(value, parts);
  // The texts of a template: as they are and as they are written.
  else parts.push(JSON.stringify(value));
}

/** `a` and `'a'` name one property. */
function propertyName(key: Tree): string {
  if (key.type === 'Identifier') return JSON.stringify(key['name']);
  return key.type === 'Literal' ? literal(key) : canonicalTree(key);
}

function literal({ value, raw, bigint, regex }: Tree): string {
  if (regex !== undefined && regex !== null) return `/${JSON.stringify(regex)}`;
  if (typeof bigint === 'string') return `${bigint}n`;
  // Halves of surrogate pairs have no faithful value; what is too large for a number has none either.
  if (typeof value === 'string')
    return value.includes('\uFFFD') ? `raw ${String(raw)}` : JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `raw ${String(raw)}`;
  return String(value);
}
