/** A graph in any of the formats. The drawing package is loaded when something is drawn. */
import type { Graph } from '@flowerpower/core';

export type DrawFormat = 'text' | 'mermaid' | 'dot' | 'svg' | 'png' | 'pdf' | 'json';

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
  // Without the package that draws.
  if (format === 'json') return graphJson(graph, options);
  const { toDot, toMermaid, toPdf, toPng, toSvg, toText } = await import('@flowerpower/visualize');
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
    case 'pdf':
      return toPdf(graph, picture);
    default:
      return toPng(graph, picture);
  }
}

/** For programs: every node with its edges. */
function graphJson({ nodes }: Graph, { title, outputs }: DrawOptions): string {
  return `${JSON.stringify({ pipeline: title, outputs, nodes: [...nodes.values()] }, undefined, 2)}\n`;
}
