import type { Graph } from '@flowerpower/core';
import { checkRequest, checkWidth } from '../drawing/check-options.js';
import type { DrawOptions } from '../drawing/options.js';
import { visualizeError } from '../errors/visualize-error.js';
import { drawSvg } from '../svg/draw-svg.js';
import type { SvgPicture } from '../svg/write-svg.js';
import { renderPng } from './render-png.js';

export interface PngOptions extends DrawOptions {
  /**
   * Pixels from left to right, 16 to 16384; the height follows. Default: twice the size of the SVG, less when
   * a side would grow beyond 8192 pixels.
   */
  readonly width?: number | undefined;
}

const widthRange = { min: 16, max: 16_384 };
const defaultScale = 2;
const defaultLongestSide = 8192;
/** RGBA takes four bytes each: 0.4 GB. */
const maximumPixels = 100_000_000;

/**
 * The graph as a PNG image. Needs the optional package `@resvg/resvg-js`. Text is set in the fonts that ship with
 * this package, so it looks the same on a machine without fonts; they cover Latin, Greek, Cyrillic and Hebrew,
 * and other characters show as empty boxes (use toSvg for those).
 *
 * Raises FP_VISUALIZE_PNG_UNAVAILABLE, FP_VISUALIZE_PNG_FAILED and everything that toSvg raises.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import type { Graph } from '@flowerpower/core';
 * import { toPng } from '@flowerpower/visualize';
 *
 * const graph: Graph = { nodes: new Map(), leaves: [], inputs: [] };
 * await writeFile('graph.png', await toPng(graph, { width: 1200 }));
 * ```
 */
export async function toPng(graph: Graph, options: PngOptions = {}): Promise<Uint8Array> {
  checkRequest('toPng', graph, options);
  const width = options.width === undefined ? undefined : checkWidth(options.width, widthRange);
  const picture = await drawSvg(graph, options);
  const target = width ?? defaultWidth(picture);
  checkPixels(target, picture);
  return renderPng(picture.svg, target);
}

type Size = Pick<SvgPicture, 'width' | 'height'>;

/** Pixels from left to right where nothing else is asked for. */
export function defaultWidth({ width, height }: Size): number {
  const scale = Math.min(defaultScale, defaultLongestSide / Math.max(width, height));
  return Math.max(1, Math.floor(width * scale));
}

function checkPixels(width: number, size: Size): void {
  const height = Math.ceil((size.height / size.width) * width);
  if (width * height <= maximumPixels) return;
  throw visualizeError({
    code: 'FP_VISUALIZE_INVALID_OPTION',
    message: `A PNG ${width} pixels wide would be ${height} high, more than ${maximumPixels} pixels in all.`,
    hint: 'Ask for a smaller width, or use toSvg.',
  });
}
