/** A `source`, `value` or `group` inside a plain value, where it would be taken for data. */
import { readProperty } from '../errors/read-property.js';
import { type Group, isGroup } from './group.js';
import { isSource } from './source.js';
import { isValue } from './value.js';

/** Further down than anybody writes them; values may be large. */
const maxDepth = 4;
const maxKeys = 100;

export const groupHint = "Join them with group: group({ rate: source('rate'), base: 100 }).";

/**
 * Where a binding holds one, as in `x.rate`. What `value` wraps is meant as it is, and of a value that cannot be looked
 * into nothing is known.
 */
export function hiddenMarker(binding: unknown, path: string, depth = 0): string | undefined {
  if (typeof binding !== 'object' || binding === null || depth > maxDepth) return undefined;
  const isMember = isMarker(binding);
  if (isMember && !isGroup(binding)) return undefined;
  const holder = isMember ? (binding as Group).members : binding;
  for (const key of keysOf(holder)) {
    const member = readProperty(holder, key);
    const at = Array.isArray(holder) ? `${path}[${key}]` : `${path}.${key}`;
    if (!isMember && isMarker(member)) return at;
    const hidden = hiddenMarker(member, at, depth + 1);
    if (hidden !== undefined) return hidden;
  }
  return undefined;
}

/** Of arrays and plain objects; the first ones will do. */
function keysOf(holder: object): readonly string[] {
  try {
    const prototype: unknown = Object.getPrototypeOf(holder);
    const isPlain = Array.isArray(holder) || prototype === Object.prototype || prototype === null;
    return isPlain ? Object.keys(holder).slice(0, maxKeys) : [];
  } catch {
    return [];
  }
}

/** Every object may be asked, also a proxy that has been revoked. */
function isMarker(member: unknown): boolean {
  try {
    return isSource(member) || isValue(member) || isGroup(member);
  } catch {
    return false;
  }
}
