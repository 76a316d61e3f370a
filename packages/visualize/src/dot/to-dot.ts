import type { Graph } from '@flowerpower/core';
import { checkRequest } from '../drawing/check-options.js';
import { createDrawing } from '../drawing/create-drawing.js';
import type { Drawing, DrawnEdge, DrawnGroup, DrawnNode, Flow, LegendEntry } from '../drawing/drawing.js';
import { isNodeEntry, legendExample } from '../drawing/legend.js';
import type { NodeLook } from '../drawing/look.js';
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
  checkRequest('toDot', graph, options);
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
    `edge [color="${theme.edges.one}" arrowsize=0.7 fontname="Helvetica" fontsize=10 fontcolor="${theme.mutedText}"]`,
  ];
}

function groupLines(group: DrawnGroup): string[] {
  const inner = group.groups.flatMap((child) => [
    `subgraph cluster_${child.id} {`,
    ...indent([
      `label=<<B>${dotHtml(child.label)}</B>> labelloc=t labeljust=l margin=14 style="rounded,filled"`,
      `color="${theme.groups[child.kind].stroke}" fillcolor="${theme.groups[child.kind].fill}" fontcolor="${theme.mutedText}"`,
      ...groupLines(child),
    ]),
    '}',
  ]);
  return [...group.nodes.map(nodeLine), ...inner];
}

function nodeLine(node: DrawnNode): string {
  const small = [...(node.type === undefined ? [] : [node.type]), ...node.notes];
  const label = [
    `<B>${dotHtml(node.label)}</B>`,
    ...small.map((line) => `<FONT POINT-SIZE="10" COLOR="${theme.mutedText}">${dotHtml(line)}</FONT>`),
  ].join('<BR/>');
  return `${node.id} [label=<${label}> ${look(node)} tooltip=${dotTooltip(node.tooltip)}]`;
}

function look(node: Pick<DrawnNode, 'look' | 'isOutput'>): string {
  const { fill, stroke } = paintOf(node);
  const paint = `fillcolor="${fill}" color="${stroke}" penwidth=${node.isOutput ? 2 : 1.2}`;
  return `${outlines[node.look]} ${paint}`;
}

const outlines: Readonly<Record<NodeLook, string>> = {
  function: 'shape=box style="rounded,filled"',
  input: 'shape=box style="rounded,filled,dashed"',
  config: 'shape=note style="filled"',
  loader: 'shape=cylinder style="filled"',
  branch: 'shape=diamond style="filled"',
  unchecked: 'shape=box style="rounded,filled"',
  check: 'shape=hexagon style="filled"',
  saver: 'shape=parallelogram style="filled"',
};

/** A crow's foot stands where the items are. */
const flows: Readonly<Record<Flow, readonly string[]>> = {
  one: [],
  each: [`arrowhead=crow arrowsize=1 color="${theme.edges.each}"`],
  all: [`dir=both arrowtail=crow color="${theme.edges.all}"`],
};

function edgeLine({ from, to, flow, optional, label }: DrawnEdge): string {
  const attributes = [
    ...flows[flow],
    ...(optional ? ['style=dashed'] : []),
    ...(label === undefined ? [] : [`label=<${dotHtml(label)}>`]),
  ];
  return `${from.id} -> ${to.id}${attributes.length === 0 ? '' : ` [${attributes.join(' ')}]`}`;
}

const lineExamples: Readonly<Record<Exclude<LegendEntry, NodeLook | 'output'>, string>> = {
  optional: '- - &gt;',
  each: '—&lt;',
  all: '&gt;—',
};

function legendLines({ legend, orient }: Drawing): string[] {
  if (legend.length === 0) return [];
  const entries = legend.map((entry) => {
    const text = 'fontsize=10 height=0.25 margin="0.12,0.04" tooltip=" "';
    if (!isNodeEntry(entry)) {
      return `legend_${entry} [label=<${lineExamples[entry]} ${legendLabels[entry]}> shape=plaintext ${text}]`;
    }
    return `legend_${entry} [label=<${legendLabels[entry]}> ${look(legendExample(entry))} ${text}]`;
  });
  return [
    'subgraph cluster_legend {',
    ...indent([
      `label=<legend> labelloc=t labeljust=l fontsize=10 style="rounded" color="${theme.groups.namespace.stroke}" fontcolor="${theme.mutedText}"`,
      // Graphviz stacks what has no edges from the bottom to the top when it draws sideways.
      ...(orient === 'LR' ? entries.reverse() : entries),
    ]),
    '}',
  ];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
