import { messageOf } from '@flowerpower/core';
import { visualizeError } from '../errors/visualize-error.js';

/** Loads the optional renderer. Raises FP_VISUALIZE_PNG_UNAVAILABLE. */
export async function importResvg(): Promise<typeof import('@resvg/resvg-js')> {
  try {
    return await import('@resvg/resvg-js');
  } catch (cause) {
    throw visualizeError({
      code: 'FP_VISUALIZE_PNG_UNAVAILABLE',
      message: `PNG needs the optional package '@resvg/resvg-js', which did not load: ${messageOf(cause)}`,
      hint: 'Install it beside @flowerpower/visualize (npm install @resvg/resvg-js), or draw it as SVG, which needs nothing.',
      cause,
    });
  }
}
