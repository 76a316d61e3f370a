/** A graph in any of the formats. The drawing package is loaded when something is drawn. */
import type { Graph } from '@flowerpower/core';

export type DrawFormat = 'text' | 'mermaid' | 'dot' | 'svg' | 'png';

export interface DrawPipelineOptions {
  /** Colours for a terminal; `text` only. */
  readonly color?: boolean;
  /** Columns of the terminal; `text` only. */
  readonly width?: number;
}

interface DrawOptions extends DrawPipelineOptions {
  readonly title: string;
  readonly outputs: readonly string[];
}

export async function drawGraph(
  graph: Graph,
  format: DrawFormat,
  options: DrawOptions,
): Promise<string | Uint8Array> {
  const { toDot, toMermaid, toPng, toSvg, toText } = await import('@flowerpower/visualize');
  const { color, width, ...picture } = options;
  switch (format) {
    case 'text':
      return toText(graph, {
        ...picture,
        ...(color !== undefined && { color }),
        ...(width !== undefined && { width }),
      });
    case 'mermaid':
      return toMermaid(graph, picture);
    case 'dot':
      return toDot(graph, picture);
    case 'svg':
      return toSvg(graph, picture);
    default:
      return toPng(graph, picture);
  }
}
