/** What a column is called in the facts about a file, and what its values are in TypeScript. */
import type { SchemaTree } from 'hyparquet';
import { kindOfLeaf, type LeafKind } from './kind-of-leaf.js';
import type { ValuePolicy } from './convert-value.js';

/** `list` and `object` for what is nested. */
export function columnType({ element, children }: SchemaTree, { int64 }: ValuePolicy): string {
  if (element.repetition_type === 'REPEATED') return 'list';
  if (children.length > 0)
    return (element.converted_type ?? element.logical_type?.type) === 'LIST' ? 'list' : 'object';
  const { is } = kindOfLeaf(element);
  if (is === 'bigint') return int64 === 'number' ? 'integer' : int64;
  return is === 'enum' || is === 'uuid' ? 'string' : is;
}

/** The type of one cell, on one line. */
export function cellType(tree: SchemaTree, policy: ValuePolicy): string {
  const type = presentType(tree, policy);
  return tree.element.repetition_type === 'REQUIRED' || type === 'unknown' || type === 'null'
    ? type
    : `${type} | null`;
}

function presentType(tree: SchemaTree, policy: ValuePolicy): string {
  const name = columnType(tree, policy);
  if (name === 'list') return 'unknown[]';
  if (name === 'object') return 'Record<string, unknown>';
  return leafType(kindOfLeaf(tree.element).is, policy);
}

function leafType(is: LeafKind['is'], { int64, decimals, timestamps }: ValuePolicy): string {
  switch (is) {
    case 'boolean':
    case 'number':
    case 'string':
      return is;
    case 'integer':
      return 'number';
    case 'bigint':
      return int64;
    case 'decimal':
      return decimals;
    case 'date':
    case 'timestamp':
      return timestamps === 'string' ? 'string' : 'Date';
    case 'bytes':
      return 'Uint8Array';
    case 'interval':
      return '{ months: number; days: number; milliseconds: number }';
    case 'json':
      return 'unknown';
    case 'null':
      return 'null';
    default:
      return 'string';
  }
}
