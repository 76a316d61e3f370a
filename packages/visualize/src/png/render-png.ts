import { messageOf } from '@flowerpower/core';
import { visualizeError } from '../errors/visualize-error.js';
import { fontFamily, fontFiles } from '../fonts.js';
import { importResvg } from './import-resvg.js';

/**
 * Paints an SVG document `width` pixels wide, with the fonts of this package and no others.
 * Raises FP_VISUALIZE_PNG_UNAVAILABLE and FP_VISUALIZE_PNG_FAILED.
 */
export async function renderPng(svg: string, width: number): Promise<Uint8Array> {
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
    return new Uint8Array(image.asPng());
  } catch (cause) {
    throw visualizeError({
      code: 'FP_VISUALIZE_PNG_FAILED',
      message: `The PNG renderer refused the drawing: ${messageOf(cause)}`,
      hint: 'Use toSvg; if the drawing came from toPng, please report this with the graph.',
      cause,
    });
  }
}
