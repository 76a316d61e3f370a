import type { Graph } from '@flowerpower/core';
import { checkRequest } from '../drawing/check-options.js';
import type { DrawOptions } from '../drawing/options.js';
import { drawSvg } from './draw-svg.js';

/**
 * The graph as an SVG document, laid out by graphviz (WebAssembly, loaded at the first call) and drawn by us.
 * The document holds no script, no style sheet and no outside reference, and has its own light background.
 * Documentation shows when the pointer rests on a node, in viewers that show `<title>`. Bound values appear in the picture.
 * The same graph and options give the same bytes with the same version of `@viz-js/viz`.
 *
 * Raises FP_VISUALIZE_UNKNOWN_OUTPUT, FP_VISUALIZE_INVALID_OPTION and FP_VISUALIZE_LAYOUT_FAILED.
 *
 * @example
 * ```ts
 * import type { Graph } from '@flowerpower/core';
 * import { toSvg } from '@flowerpower/visualize';
 *
 * const graph: Graph = { nodes: new Map(), leaves: [], inputs: [] };
 * console.log(await toSvg(graph, { title: 'Nothing yet' }));
 * ```
 */
export async function toSvg(graph: Graph, options: DrawOptions = {}): Promise<string> {
  checkRequest('toSvg', graph, options);
  const { svg } = await drawSvg(graph, options);
  return svg;
}
