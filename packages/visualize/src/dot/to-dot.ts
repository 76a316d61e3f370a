import type { Graph, NodeKind } from '@flowerpower/core';
import {
  createDrawing,
  type Drawing,
  type DrawnEdge,
  type DrawnGroup,
  type DrawnNode,
  legendExample,
} from '../drawing/drawing.js';
import type { DrawOptions } from '../drawing/options.js';
import { legendLabels, paintOf, theme } from '../theme.js';
import { dotHtml, dotTooltip } from './escape.js';

/**
 * The graph in the DOT language, for graphviz and whatever else reads it. Documentation becomes tooltips.
 * The same graph and options always give the same text.
 *
 * Raises FP_VISUALIZE_UNKNOWN_OUTPUT and FP_VISUALIZE_INVALID_OPTION. Bound values appear in the picture.
 *
 * @example
 * ```ts
 * import type { Graph } from '@flowerpower/core';
 * import { toDot } from '@flowerpower/visualize';
 *
 * const graph: Graph = { nodes: new Map(), leaves: [], inputs: [] };
 * console.log(toDot(graph, { orient: 'TB', title: 'Nothing yet' }));
 * ```
 */
export function toDot(graph: Graph, options: DrawOptions = {}): string {
  const drawing = createDrawing(graph, options);
  const lines = [
    'digraph {',
    ...indent([
      ...header(drawing),
      ...groupLines(drawing.root),
      ...drawing.edges.map(edgeLine),
      ...legendLines(drawing),
    ]),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function header({ title, orient }: Drawing): string[] {
  const graph = [
    `rankdir=${orient} bgcolor="${theme.page.fill}" pad=0.3 nodesep=0.3 ranksep=0.6`,
    `fontname="Helvetica" fontcolor="${theme.text}" fontsize=12`,
  ];
  if (title !== undefined) {
    graph.push(
      `labelloc=t labeljust=l label=<<FONT POINT-SIZE="18"><B>${dotHtml(title)}</B></FONT>> tooltip=" "`,
    );
  }
  return [
    `graph [${graph.join(' ')}]`,
    `node [fontname="Helvetica" fontsize=13 fontcolor="${theme.text}" margin="0.18,0.1" height=0.4]`,
    `edge [color="${theme.edge}" arrowsize=0.7 fontname="Helvetica" fontsize=10 fontcolor="${theme.mutedText}"]`,
  ];
}

function groupLines(group: DrawnGroup): string[] {
  const inner = group.groups.flatMap((child) => [
    `subgraph cluster_${child.id} {`,
    ...indent([
      `label=<<B>${dotHtml(child.label)}</B>> labelloc=t labeljust=l margin=14 style="rounded,filled"`,
      `color="${theme.group.stroke}" fillcolor="${theme.group.fill}" fontcolor="${theme.mutedText}"`,
      ...groupLines(child),
    ]),
    '}',
  ]);
  return [...group.nodes.map(nodeLine), ...inner];
}

function nodeLine(node: DrawnNode): string {
  const small = [...(node.type === undefined ? [] : [node.type]), ...node.bound];
  const label = [
    `<B>${dotHtml(node.label)}</B>`,
    ...small.map((line) => `<FONT POINT-SIZE="10" COLOR="${theme.mutedText}">${dotHtml(line)}</FONT>`),
  ].join('<BR/>');
  return `${node.id} [label=<${label}> ${look(node)} tooltip=${dotTooltip(node.tooltip)}]`;
}

function look(node: Pick<DrawnNode, 'kind' | 'isOutput'>): string {
  const { fill, stroke } = paintOf(node);
  const paint = `fillcolor="${fill}" color="${stroke}" penwidth=${node.isOutput ? 2 : 1.2}`;
  return `${outlines[node.kind]} ${paint}`;
}

const outlines: Record<NodeKind, string> = {
  function: 'shape=box style="rounded,filled"',
  input: 'shape=box style="rounded,filled,dashed"',
  config: 'shape=note style="filled"',
  loader: 'shape=cylinder style="filled"',
  saver: 'shape=cylinder style="filled"',
};

function edgeLine({ from, to, optional, label }: DrawnEdge): string {
  const attributes = [
    ...(optional ? ['style=dashed'] : []),
    ...(label === undefined ? [] : [`label=<${dotHtml(label)}>`]),
  ];
  return `${from.id} -> ${to.id}${attributes.length === 0 ? '' : ` [${attributes.join(' ')}]`}`;
}

function legendLines({ legend, orient }: Drawing): string[] {
  if (legend.length === 0) return [];
  const entries = legend.map((entry) => {
    const text = 'fontsize=10 height=0.25 margin="0.12,0.04" tooltip=" "';
    if (entry === 'optional') {
      return `legend_optional [label=<- - &gt; ${legendLabels.optional}> shape=plaintext ${text}]`;
    }
    return `legend_${entry} [label=<${legendLabels[entry]}> ${look(legendExample(entry))} ${text}]`;
  });
  return [
    'subgraph cluster_legend {',
    ...indent([
      `label=<legend> labelloc=t labeljust=l fontsize=10 style="rounded" color="${theme.group.stroke}" fontcolor="${theme.mutedText}"`,
      // Graphviz stacks what has no edges from the bottom to the top when it draws sideways.
      ...(orient === 'LR' ? entries.reverse() : entries),
    ]),
    '}',
  ];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
