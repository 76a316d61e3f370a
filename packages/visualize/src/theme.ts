/**
 * One calm theme for every format. The hues follow the colour-blind-safe palette of Okabe and Ito (2008),
 * darkened to at least 3:1 against white where they are lines and tinted where they are surfaces; text is at
 * least 4.5:1 on each surface. No meaning hangs on colour alone: kinds differ in shape or dash as well.
 */
import type { NodeKind } from '@flowerpower/core';

export interface Paint {
  readonly fill: string;
  readonly stroke: string;
}

export const theme = {
  page: { fill: '#ffffff', stroke: '#e2e8f0' },
  group: { fill: '#f6f8fb', stroke: '#d5dde8' },
  text: '#1e293b',
  mutedText: '#52627a',
  edge: '#8494ab',
  kinds: {
    input: { fill: '#ffffff', stroke: '#7b8aa0' },
    config: { fill: '#faf3dc', stroke: '#a07c16' },
    loader: { fill: '#e3f5ee', stroke: '#0a8f6a' },
    function: { fill: '#e8f1fb', stroke: '#3f7fc1' },
    saver: { fill: '#f8eaf3', stroke: '#b0558c' },
  } satisfies Record<NodeKind, Paint>,
  output: { fill: '#fff0dc', stroke: '#d55e00' },
} as const;

export const fontStack = 'Helvetica, Arial, "Liberation Sans", sans-serif';

/** The paint of a node. An output keeps the shape of its kind. */
export function paintOf(node: { readonly kind: NodeKind; readonly isOutput: boolean }): Paint {
  return node.isOutput ? theme.output : theme.kinds[node.kind];
}

/** What the legend calls each of its entries. */
export const legendLabels = {
  input: 'input',
  config: 'config',
  loader: 'loader',
  function: 'function',
  saver: 'saver',
  output: 'requested output',
  optional: 'optional',
} as const;
