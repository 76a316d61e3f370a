/**
 * Walks a tree beside the shape of its schema: brings keys to their canonical names, resolves references,
 * gives texts the types that the schema wants, and checks every value where it stands. What comes out is
 * valid in itself, so layers are merged without looking at the schema again.
 */
import {
  anyShape,
  findKey,
  type ListShape,
  type MovedKey,
  type ObjectShape,
  type RetiredKey,
  type Shape,
  type Shorthand,
} from '../schema/shape.js';
import {
  asMap,
  type ConfigNode,
  isMissing,
  isNull,
  isOpen,
  type ListNode,
  type MapEntry,
  type MapNode,
  mapOf,
} from '../tree/node.js';
import { isHidden } from '../source/origin.js';
import { yaml11Meaning } from '../yaml/core-scalar.js';
import { checkScalar, reportType } from './check.js';
import { pathText, type ReadContext, report, warn } from './context.js';
import { placeMovedEntry, wrapSingleName } from './moved-keys.js';
import { resolveText } from './resolve-text.js';
import { reportRetiredKey } from './retired-keys.js';
import { reportConflict, reportUnknownKey, warnOfFormerPlace } from './key-problems.js';

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** The canonical node, or undefined when it was reported as wrong. */
export function readNode(
  given: ConfigNode,
  shape: Shape,
  path: readonly string[],
  context: ReadContext,
): ConfigNode | undefined {
  const node = resolveText(given, shape, path, context);
  if (node === undefined) return undefined;
  if (isMissing(node) || isOpen(node)) return node;
  if (isNull(node)) return { ...node, isUserData: shape.kind === 'any' };
  switch (shape.kind) {
    case 'any':
      return readAny(node, path, context);
    case 'scalar':
      return checkScalar(node, shape, path, context);
    case 'list':
      return readList(node, shape, path, context);
    case 'object':
      return readOwnMap(node, shape, path, context);
    default:
      return readMap(node, shape, path, context);
  }
}

/** A map of FlowerPower's keys, or what is short for one. */
function readOwnMap(
  node: ConfigNode,
  shape: ObjectShape,
  path: readonly string[],
  context: ReadContext,
): MapNode | undefined {
  const { shorthand } = shape;
  if (shorthand === undefined) return readMap(node, shape, path, context);
  const isShort =
    node.kind === 'value' && typeof node.value === (shorthand.wants === 'text' ? 'string' : 'boolean');
  if (isShort) return readMap(mapOf([[shorthand.key, node]], node.origin), shape, path, context);
  const given = asMap(node);
  if (shorthand.wants === 'boolean' && given === undefined) {
    return reportType(node, 'true, false or a map', path, context);
  }
  const map = readMap(node, shape, path, context);
  return map && given && withImplied(map, given, shorthand);
}

/** A variable or an assignment of one key sets that key and nothing else. */
function withImplied(map: MapNode, given: MapNode, { key, implied }: Shorthand): MapNode {
  const { origin, entries } = map;
  const isWhole = origin.source.kind !== 'variable' && origin.source.kind !== 'set';
  const isEmpty = [...given.entries.values()].every((entry) => isNull(entry.node));
  if (implied === undefined || !isWhole || isEmpty || entries.has(key)) return map;
  const value: ConfigNode = { kind: 'value', value: implied, origin };
  return { ...map, entries: new Map(entries).set(key, { node: value, keyOrigin: origin }) };
}

/** User's data: only references are resolved. Values given in code pass by reference, unread. */
function readAny(node: ConfigNode, path: readonly string[], context: ReadContext): ConfigNode | undefined {
  if (node.kind === 'map') return readMap(node, { kind: 'userMap' }, path, context);
  if (node.kind === 'list') return readItems(node, anyShape, path, context);
  const other = node.plain === undefined ? undefined : yaml11Meaning(node.plain);
  if (other !== undefined) {
    warn(context, node.origin, {
      code: 'FP_CONFIG_YAML_1_1',
      message: isHidden(node.origin)
        ? `${pathText(path)}: a YAML 1.1 reader, as Python's, takes this for another value.`
        : `${pathText(path)}: ${node.plain} is ${describePlain(node.value)} here; a YAML 1.1 reader, as Python's, takes it for ${other}.`,
      hint: 'Quote it if it is meant as text, or write what is meant: true, false, or a plain decimal number.',
    });
  }
  return { ...node, isUserData: true };
}

function describePlain(value: unknown): string {
  return typeof value === 'number' ? `the number ${value}` : 'text';
}

function readList(
  node: ConfigNode,
  shape: ListShape,
  path: readonly string[],
  context: ReadContext,
): ConfigNode | undefined {
  if (node.kind === 'list') return readItems(node, shape.item, path, context);
  if (node.kind === 'value' && Array.isArray(node.value)) {
    const { origin } = node;
    const items = node.value.map((value: unknown): ConfigNode => ({ kind: 'value', value, origin }));
    return readItems({ kind: 'list', items, origin }, shape.item, path, context);
  }
  if (shape.orBoolean) {
    if (node.kind === 'value' && typeof node.value === 'boolean') return node;
    return reportType(node, 'true or a list', path, context);
  }
  return reportType(node, 'a list', path, context);
}

function readItems(list: ListNode, shape: Shape, path: readonly string[], context: ReadContext): ListNode {
  const items: ConfigNode[] = [];
  for (const [index, item] of list.items.entries()) {
    const itemPath = [...path, String(index)];
    const read = readNode(item, shape, itemPath, context);
    // Null means "take back" on a key; among items there is nothing to take back.
    if (read && isNull(read) && shape.kind !== 'any') reportType(read, 'a value', itemPath, context);
    else if (read) items.push(read);
  }
  return { ...list, items };
}

function readMap(
  node: ConfigNode,
  shape: Exclude<Shape, { kind: 'any' | 'list' | 'scalar' }>,
  path: readonly string[],
  context: ReadContext,
): MapNode | undefined {
  const map = asMap(node);
  if (map === undefined) return reportType(node, 'a map', path, context);
  const entries = new Map<string, MapEntry>();
  const moved: { meaning: MovedKey; entry: MapEntry }[] = [];

  const add = (key: string, childShape: Shape, entry: MapEntry) => {
    const first = entries.get(key);
    if (first) {
      reportConflict(key, path, entry.keyOrigin, first.keyOrigin, context);
      return;
    }
    const read = readNode(entry.node, childShape, [...path, key], context);
    if (read) entries.set(key, { node: read, keyOrigin: entry.keyOrigin });
  };

  const style = map.origin.source.kind === 'variable' ? 'loose' : 'exact';
  for (const [key, entry] of map.entries) {
    if (forbiddenKeys.has(key)) {
      report(context, entry.keyOrigin, {
        code: 'FP_CONFIG_FORBIDDEN_KEY',
        message: `key '${key}' in ${pathText(path)} is not allowed.`,
        hint: 'JavaScript gives __proto__, constructor and prototype a meaning of their own; rename the key.',
      });
    } else if (shape.kind === 'userMap') {
      add(key, anyShape, entry);
    } else if (shape.kind === 'entries') {
      add(key, shape.value, entry);
    } else {
      const meaning = findKey(shape, key, style);
      if (meaning?.kind === 'own') add(meaning.key, shape.children.get(meaning.key)!, entry);
      else if (meaning?.kind === 'moved') moved.push({ meaning, entry });
      else if (meaning?.kind === 'retired') readRetired(meaning, entry, path, context);
      else if (shape.isOpen) add(key, anyShape, entry);
      else reportUnknownKey(key, entry.keyOrigin, shape, style, path, context);
    }
  }
  if (shape.kind === 'object') {
    for (const { meaning, entry } of moved) readMoved(meaning, entry, entries, shape, path, context);
  }
  return { kind: 'map', entries, origin: map.origin };
}

function readMoved(
  { parent, key }: MovedKey,
  entry: MapEntry,
  entries: Map<string, MapEntry>,
  shape: ObjectShape,
  path: readonly string[],
  context: ReadContext,
): void {
  const parentShape = shape.children.get(parent);
  const childShape = parentShape?.kind === 'object' ? parentShape.children.get(key) : undefined;
  if (childShape === undefined) throw new TypeError(`The schema has no ${parent}.${key}.`);
  const parentPath = [...path, parent];
  const node = childShape.kind === 'list' ? wrapSingleName(entry.node) : entry.node;
  const read = readNode(node, childShape, [...parentPath, key], context);
  if (read === undefined) return;
  const first = placeMovedEntry(entries, parent, key, { node: read, keyOrigin: entry.keyOrigin });
  if (first) warnOfFormerPlace(key, path, parent, entry.keyOrigin, first.keyOrigin, context);
}

function readRetired(
  meaning: RetiredKey,
  { node, keyOrigin }: MapEntry,
  path: readonly string[],
  context: ReadContext,
): void {
  const keyPath = [...path, meaning.key];
  // A value that is dropped deserves no advice about its style.
  const read = readNode(node, anyShape, keyPath, { ...context, warnings: [] });
  if (read) reportRetiredKey(meaning, read, keyOrigin, keyPath, context);
}
