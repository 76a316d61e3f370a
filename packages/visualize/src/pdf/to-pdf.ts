import type { Graph } from '@flowerpower/core';
import { checkRequest } from '../drawing/check-options.js';
import type { DrawOptions } from '../drawing/options.js';
import { renderPixels } from '../png/render-png.js';
import { defaultWidth } from '../png/to-png.js';
import { drawSvg } from '../svg/draw-svg.js';
import { writePdf } from './write-pdf.js';

/**
 * The graph as a PDF of one page, which is as large as the drawing (a pixel of the SVG is a point). The picture in it is that of
 * `toPng`, with the same needs and limits, and no text that could be searched.
 *
 * Raises FP_VISUALIZE_PNG_UNAVAILABLE, FP_VISUALIZE_PNG_FAILED and everything that toSvg raises.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import type { Graph } from '@flowerpower/core';
 * import { toPdf } from '@flowerpower/visualize';
 *
 * const graph: Graph = { nodes: new Map(), leaves: [], inputs: [] };
 * await writeFile('graph.pdf', await toPdf(graph));
 * ```
 */
export async function toPdf(graph: Graph, options: DrawOptions = {}): Promise<Uint8Array> {
  checkRequest('toPdf', graph, options);
  const picture = await drawSvg(graph, options);
  return writePdf(await renderPixels(picture.svg, defaultWidth(picture)), picture);
}
