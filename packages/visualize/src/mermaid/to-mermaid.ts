import type { Graph, NodeKind } from '@flowerpower/core';
import {
  createDrawing,
  type DrawnEdge,
  type DrawnGroup,
  type DrawnNode,
  type LegendEntry,
  legendExample,
} from '../drawing/drawing.js';
import type { DrawOptions } from '../drawing/options.js';
import { legendLabels, type Paint, paintOf, theme } from '../theme.js';
import { mermaidText } from './escape.js';

/**
 * The graph as a Mermaid flowchart, for Markdown on GitHub and elsewhere. Rendering needs Mermaid 10 or later.
 * Identifiers follow the names of the nodes, so a committed block changes only where the graph does.
 *
 * Documentation is left out: Mermaid has tooltips only on links. Bound values appear in the picture.
 * Raises FP_VISUALIZE_UNKNOWN_OUTPUT and FP_VISUALIZE_INVALID_OPTION.
 *
 * @example
 * ```ts
 * import type { Graph } from '@flowerpower/core';
 * import { toMermaid } from '@flowerpower/visualize';
 *
 * const graph: Graph = { nodes: new Map(), leaves: [], inputs: [] };
 * console.log(toMermaid(graph, { orient: 'TB' }));
 * ```
 */
export function toMermaid(graph: Graph, options: DrawOptions = {}): string {
  const drawing = createDrawing(graph, options);
  const examples = drawing.legend.flatMap((entry) => (entry === 'optional' ? [] : [legendExample(entry)]));
  const classes = new Map([...drawing.nodes, ...examples].map((node) => [className(node), paintOf(node)]));
  const lines = [
    ...(drawing.title === undefined ? [] : ['---', `title: ${JSON.stringify(drawing.title)}`, '---']),
    `flowchart ${drawing.orient}`,
    ...indent([
      ...groupLines(drawing.root),
      ...drawing.edges.map(edgeLine),
      ...legendLines(drawing.legend),
      ...Array.from(classes, ([name, paint]) => classLine(name, paint)),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function groupLines(group: DrawnGroup): string[] {
  const inner = group.groups.flatMap((child) => [
    `subgraph ${child.id} ["${mermaidText(child.label)}"]`,
    ...indent(groupLines(child)),
    'end',
  ]);
  return [...group.nodes.map(nodeLine), ...inner];
}

function nodeLine(node: DrawnNode): string {
  const small = [...(node.type === undefined ? [] : [node.type]), ...node.bound];
  const label = [
    `<b>${mermaidText(node.label)}</b>`,
    ...small.map((line) => `<small>${mermaidText(line)}</small>`),
  ].join('<br/>');
  return `${node.id}${shape(node, label)}:::${className(node)}`;
}

function shape({ kind }: Pick<DrawnNode, 'kind'>, label: string): string {
  const [open, close] = brackets[kind];
  return `${open}"${label}"${close}`;
}

const brackets: Record<NodeKind, readonly [string, string]> = {
  function: ['(', ')'],
  input: ['([', '])'],
  config: ['>', ']'],
  loader: ['[(', ')]'],
  saver: ['[(', ')]'],
};

function edgeLine({ from, to, optional, label }: DrawnEdge): string {
  const arrow = optional ? '-.->' : '-->';
  return `${from.id} ${arrow}${label === undefined ? '' : `|"${mermaidText(label)}"|`} ${to.id}`;
}

function className(node: Pick<DrawnNode, 'kind' | 'isOutput'>): string {
  return node.isOutput ? 'is_output' : `is_${node.kind}`;
}

function classLine(name: string, { fill, stroke }: Paint): string {
  const style = [`fill:${fill}`, `stroke:${stroke}`, `color:${theme.text}`];
  if (name === 'is_input') style.push('stroke-dasharray:5 4');
  if (name === 'is_output') style.push('stroke-width:2.5px');
  return `classDef ${name} ${style.join(',')}`;
}

function legendLines(legend: readonly LegendEntry[]): string[] {
  if (legend.length === 0) return [];
  const entries = legend.map((entry) => {
    if (entry === 'optional') return `legend_from[" "] -.->|"${legendLabels.optional}"| legend_to[" "]`;
    const node = legendExample(entry);
    return `legend_${entry}${shape(node, legendLabels[entry])}:::${className(node)}`;
  });
  return ['subgraph legend ["legend"]', ...indent(entries), 'end'];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
