import type { RenderedImage } from '@resvg/resvg-js';
import { messageOf } from '@flowerpower/core';
import { visualizeError } from '../errors/visualize-error.js';
import { fontFamily, fontFiles } from '../fonts.js';
import { importResvg } from './import-resvg.js';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes for each pixel, row by row. */
  readonly rgba: Uint8Array;
}

/**
 * Paints an SVG document `width` pixels wide, with the fonts of this package and no others.
 * Raises FP_VISUALIZE_PNG_UNAVAILABLE and FP_VISUALIZE_PNG_FAILED.
 */
export function renderPng(svg: string, width: number): Promise<Uint8Array> {
  return render(svg, width, (image) => new Uint8Array(image.asPng()));
}

/** The same as its pixels. */
export function renderPixels(svg: string, width: number): Promise<Pixels> {
  return render(svg, width, (image) => ({ width: image.width, height: image.height, rgba: image.pixels }));
}

async function render<T>(svg: string, width: number, take: (image: RenderedImage) => T): Promise<T> {
  const { renderAsync } = await importResvg();
  try {
    const image = await renderAsync(svg, {
      fitTo: { mode: 'width', value: width },
      font: {
        loadSystemFonts: false,
        fontFiles: fontFiles(),
        defaultFontFamily: fontFamily,
        sansSerifFamily: fontFamily,
      },
    });
    return take(image);
  } catch (cause) {
    throw visualizeError({
      code: 'FP_VISUALIZE_PNG_FAILED',
      message: `The PNG renderer refused the drawing: ${messageOf(cause)}`,
      hint: 'Use toSvg; if the drawing came from toPng, please report this with the graph.',
      cause,
    });
  }
}
