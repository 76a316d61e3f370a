import type { Graph } from '@flowerpower/core';
import { createDrawing } from '../drawing/create-drawing.js';
import type { DrawOptions } from '../drawing/options.js';
import { layoutDrawing } from './layout.js';
import { type SvgPicture, writeSvg } from './write-svg.js';

/** From the graph to the SVG document and its size: what to show, where, in which marks. */
export async function drawSvg(graph: Graph, options: DrawOptions): Promise<SvgPicture> {
  const drawing = createDrawing(graph, options);
  return writeSvg(drawing, await layoutDrawing(drawing));
}
