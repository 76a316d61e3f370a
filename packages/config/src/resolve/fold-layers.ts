import type { LayerTree } from '../layers/layer.js';
import { mergeMaps } from '../tree/merge.js';
import type { MapNode } from '../tree/node.js';

/** Lays the layers over one another, lowest precedence first. */
export function foldLayers(layers: readonly LayerTree[]): MapNode {
  const empty: MapNode = {
    kind: 'map',
    entries: new Map(),
    origin: { source: { kind: 'value', layer: 'override' } },
  };
  return layers.reduce((merged, { node }) => mergeMaps(merged, node), empty);
}
