import type { Layer } from '../source/origin.js';
import type { MapNode } from '../tree/node.js';

/** One canonical tree with the layer it stands for. */
export interface LayerTree {
  readonly layer: Layer;
  readonly node: MapNode;
}
