import type { Graph } from '@flowerpower/core';
import { checkRequest } from '../drawing/check-options.js';
import { createDrawing } from '../drawing/create-drawing.js';
import type { DrawnEdge, DrawnGroup, DrawnNode, Flow, LegendEntry } from '../drawing/drawing.js';
import { isNodeEntry, legendExample } from '../drawing/legend.js';
import type { NodeLook } from '../drawing/look.js';
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
  checkRequest('toMermaid', graph, options);
  const drawing = createDrawing(graph, options);
  const examples = drawing.legend.filter(isNodeEntry).map(legendExample);
  const classes = new Map([...drawing.nodes, ...examples].map((node) => [className(node), paintOf(node)]));
  const lines = [
    ...(drawing.title === undefined ? [] : ['---', `title: ${JSON.stringify(drawing.title)}`, '---']),
    `flowchart ${drawing.orient}`,
    ...indent([
      ...groupLines(drawing.root),
      ...drawing.edges.map(edgeLine),
      ...legendLines(drawing.legend),
      ...Array.from(classes, ([name, paint]) => classLine(name, paint)),
      ...groupClassLines(drawing.root),
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
  const small = [...(node.type === undefined ? [] : [node.type]), ...node.notes];
  const label = [
    `<b>${mermaidText(node.label)}</b>`,
    ...small.map((line) => `<small>${mermaidText(line)}</small>`),
  ].join('<br/>');
  return `${node.id}${shape(node, label)}:::${className(node)}`;
}

function shape({ look }: Pick<DrawnNode, 'look'>, label: string): string {
  const [open, close] = brackets[look];
  return `${open}"${label}"${close}`;
}

const brackets: Readonly<Record<NodeLook, readonly [string, string]>> = {
  function: ['(', ')'],
  input: ['([', '])'],
  config: ['>', ']'],
  loader: ['[(', ')]'],
  branch: ['{', '}'],
  unchecked: ['(', ')'],
  check: ['{{', '}}'],
  saver: ['[/', '/]'],
};

/** Mermaid has no arrow for many, so a word says it. */
const flowWords: Readonly<Record<Flow, readonly string[]>> = { one: [], each: ['each'], all: ['all'] };

function edgeLine({ from, to, flow, optional, label }: DrawnEdge): string {
  const arrow = optional ? '-.->' : flow === 'one' ? '-->' : '==>';
  const words = [...flowWords[flow], ...(label === undefined ? [] : [mermaidText(label)])].join(' · ');
  return `${from.id} ${arrow}${words === '' ? '' : `|"${words}"|`} ${to.id}`;
}

function className(node: Pick<DrawnNode, 'look' | 'isOutput'>): string {
  return node.isOutput ? 'is_output' : `is_${node.look}`;
}

function classLine(name: string, { fill, stroke }: Paint): string {
  const style = [`fill:${fill}`, `stroke:${stroke}`, `color:${theme.text}`];
  if (name === 'is_input') style.push('stroke-dasharray:5 4');
  if (name === 'is_output') style.push('stroke-width:2.5px');
  return `classDef ${name} ${style.join(',')}`;
}

function groupClassLines(root: DrawnGroup): string[] {
  const groups = groupsInside(root);
  return (['namespace', 'fanOut'] as const).flatMap((kind) => {
    const ids = groups.filter((group) => group.kind === kind).map(({ id }) => id);
    const { fill, stroke } = theme.groups[kind];
    const style = `fill:${fill},stroke:${stroke},color:${theme.mutedText}`;
    return ids.length === 0 ? [] : [`classDef in_${kind} ${style}`, `class ${ids.join(',')} in_${kind}`];
  });
}

function groupsInside(group: DrawnGroup): DrawnGroup[] {
  return group.groups.flatMap((inner) => [inner, ...groupsInside(inner)]);
}

function legendLines(legend: readonly LegendEntry[]): string[] {
  if (legend.length === 0) return [];
  const entries = legend.map((entry) => {
    if (!isNodeEntry(entry)) return lineExample(entry, legendLabels[entry]);
    const node = legendExample(entry);
    return `legend_${entry}${shape(node, legendLabels[entry])}:::${className(node)}`;
  });
  const style = `style legend fill:none,stroke:${theme.page.stroke},color:${theme.mutedText}`;
  const ends = legend.every(isNodeEntry) ? [] : ['classDef legend_end fill:none,stroke:none'];
  return ['subgraph legend ["legend"]', ...indent(entries), 'end', style, ...ends];
}

function lineExample(entry: 'optional' | 'each' | 'all', label: string): string {
  const arrow = entry === 'optional' ? '-.->' : '==>';
  const words = entry === 'optional' ? label : `${flowWords[entry].join('')}: ${label}`;
  const end = (name: string) => `legend_${entry}_${name}[" "]:::legend_end`;
  return `${end('from')} ${arrow}|"${mermaidText(words)}"| ${end('to')}`;
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
