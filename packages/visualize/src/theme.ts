/**
 * One calm theme for every format. The hues follow the colour-blind-safe palette of Okabe and Ito (2008),
 * darkened to at least 3:1 against white where they are lines and tinted where they are surfaces; text is at
 * least 4.5:1 on each surface. No meaning hangs on colour alone: kinds differ in shape or dash as well.
 */
import type { DrawnNode, Flow, LegendEntry } from './drawing/drawing.js';
import type { NodeLook } from './drawing/look.js';

export interface Paint {
  readonly fill: string;
  readonly stroke: string;
}

export const theme = {
  page: { fill: '#ffffff', stroke: '#e2e8f0' },
  groups: {
    namespace: { fill: '#f6f8fb', stroke: '#d5dde8' },
    fanOut: { fill: '#f7f5fd', stroke: '#a99bd6' },
  },
  text: '#1e293b',
  mutedText: '#52627a',
  edges: { one: '#8494ab', each: '#6d58b8', all: '#6d58b8' } satisfies Record<Flow, string>,
  looks: {
    input: { fill: '#ffffff', stroke: '#7b8aa0' },
    config: { fill: '#faf3dc', stroke: '#a07c16' },
    loader: { fill: '#e3f5ee', stroke: '#0a8f6a' },
    function: { fill: '#e8f1fb', stroke: '#3f7fc1' },
    branch: { fill: '#e8f1fb', stroke: '#3f7fc1' },
    unchecked: { fill: '#ffffff', stroke: '#3f7fc1' },
    check: { fill: '#eff5dd', stroke: '#6c8421' },
    saver: { fill: '#f8eaf3', stroke: '#b0558c' },
  } satisfies Record<NodeLook, Paint>,
  output: { fill: '#fff0dc', stroke: '#d55e00' },
} as const;

export const fontStack = 'Helvetica, Arial, "Liberation Sans", sans-serif';

/** The paint of a node. An output keeps the shape of its look. */
export function paintOf(node: Pick<DrawnNode, 'look' | 'isOutput'>): Paint {
  return node.isOutput ? theme.output : theme.looks[node.look];
}

/** What the legend calls each of its entries. */
export const legendLabels: Readonly<Record<LegendEntry, string>> = {
  input: 'input',
  config: 'config',
  loader: 'loader',
  function: 'function',
  branch: 'branch',
  unchecked: 'not checked yet',
  check: 'check',
  saver: 'saver',
  output: 'requested output',
  optional: 'optional',
  each: 'once for each item',
  all: 'items taken together',
};
