import type { ReadContext } from '../read/context.js';
import { readNode } from '../read/read-node.js';
import type { ObjectShape } from '../schema/shape.js';
import type { Layer } from '../source/origin.js';
import { type ConfigNode, isMissing, mapOf } from '../tree/node.js';
import type { LayerTree } from './layer.js';

/** Reads a tree as one layer. Nothing given, and null for the whole of it, is not a layer. */
export function readLayer(
  layer: Layer,
  node: ConfigNode | undefined,
  shape: ObjectShape,
  context: ReadContext,
  path: readonly string[] = [],
): LayerTree[] {
  const read = node && readNode(node, shape, path, context);
  // As a whole it cannot be replaced.
  if (read && isMissing(read)) context.problems.push(...read.missing);
  return read?.kind === 'map' ? [{ layer, node: read }] : [];
}

/** @param by - who gives them, in messages. Default: the call. */
export function readOverrides(
  overrides: object | undefined,
  shape: ObjectShape,
  context: ReadContext,
  by?: string,
): LayerTree[] {
  if (overrides === undefined) return [];
  const layer = by === undefined ? 'override' : 'hook';
  const origin = { source: { kind: 'value', layer, by } } as const;
  return readLayer(layer, { kind: 'value', value: overrides, origin }, shape, context);
}

/** The `run` of a project layer as a layer of a pipeline. */
export function runPart({ layer, node }: LayerTree): LayerTree[] {
  const run = node.entries.get('run')?.node;
  return run === undefined ? [] : [{ layer, node: mapOf([['run', run]], node.origin) }];
}
