import type { Graph } from '@flowerpower/core';
import { displayWidth } from '../display-width.js';
import { checkRequest, checkWidth } from '../drawing/check-options.js';
import { createDrawing } from '../drawing/create-drawing.js';
import type { Drawing, DrawnEdge, DrawnNode, Flow, LegendEntry } from '../drawing/drawing.js';
import type { NodeLook } from '../drawing/look.js';
import type { ViewOptions } from '../drawing/options.js';
import { plainLine } from '../drawing/plain-text.js';
import { legendLabels } from '../theme.js';
import { fitCells, wrapItems } from './fit.js';
import { drawLanes, type LaneRow } from './lanes.js';
import { type Painter, paintColors, paintNothing } from './paint.js';

export interface TextOptions extends ViewOptions {
  /** Adds ANSI colours. Default false. */
  readonly color?: boolean | undefined;
  /** Terminal columns, 40 to 1000; no line is longer. Default 100. */
  readonly width?: number | undefined;
}

const markers: Readonly<Record<NodeLook, string>> = {
  input: '○',
  config: '◇',
  loader: '▽',
  function: '●',
  branch: '◆',
  unchecked: '◐',
  check: '✓',
  saver: '▲',
};
const outputMark = '★';
/** Before the name of each fan-out that a node is inside of. */
const scopeMark = '×';

const widthRange = { min: 40, max: 1000 };
const defaultWidth = 100;

/**
 * The graph as text for a terminal: one entry for each node in topological order, edges as lines on the left and
 * by name behind `←`, the beginning of the documentation below. When the lines would take more than two fifths of
 * the width, edges are given by name only. Lines end with `\n`; an optional edge carries a `?`.
 *
 * Raises FP_VISUALIZE_UNKNOWN_OUTPUT and FP_VISUALIZE_INVALID_OPTION. Bound values appear in the text.
 *
 * @example
 * ```ts
 * import type { Graph } from '@flowerpower/core';
 * import { toText } from '@flowerpower/visualize';
 *
 * const graph: Graph = { nodes: new Map(), leaves: [], inputs: [] };
 * process.stdout.write(toText(graph, { color: process.stdout.isTTY, width: process.stdout.columns }));
 * ```
 */
export function toText(graph: Graph, options: TextOptions = {}): string {
  checkRequest('toText', graph, options);
  const width = checkWidth(options.width ?? defaultWidth, widthRange);
  const paint = options.color === true ? paintColors : paintNothing;
  const drawing = createDrawing(graph, options);
  const lines = [
    ...heading(drawing, width, paint),
    '',
    ...entries(drawing, width, paint),
    ...legendLines(drawing, width, paint),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function heading({ title, nodes, edges }: Drawing, width: number, paint: Painter): string[] {
  const given = nodes.filter(({ look }) => look === 'input' || look === 'config').length;
  const counts = [
    counted(nodes.length - given, 'node'),
    ...(given === 0 ? [] : [counted(given, 'input')]),
    counted(edges.length, 'edge'),
  ];
  const count = counts.join(', ');
  return [...(title === undefined ? [] : [paint('bold', fitCells(title, width))]), paint('dim', count)];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function entries(drawing: Drawing, width: number, paint: Painter): string[] {
  const incoming = new Map<string, DrawnEdge[]>();
  for (const edge of drawing.edges) {
    const list = incoming.get(edge.to.id);
    if (list === undefined) incoming.set(edge.to.id, [edge]);
    else list.push(edge);
  }
  const lanes = drawLanes(drawing);
  const withLanes = lanes.width <= width * 0.4;
  const gutter = withLanes ? lanes.width : 1;
  const bare: LaneRow = { before: '', after: '', below: '' };
  return drawing.nodes.flatMap((node, index) => {
    const lane = (withLanes ? lanes.rows[index] : undefined) ?? bare;
    const [first = '', ...rest] = textOf(node, incoming.get(node.id) ?? [], width - gutter - 1, paint);
    const padding = ' '.repeat(gutter - lane.before.length - 1 - lane.after.length + 1);
    const marker = paint(node.isOutput ? 'output' : node.look, markers[node.look]);
    return [
      `${paint('dim', lane.before)}${marker}${paint('dim', lane.after)}${padding}${first}`,
      ...rest.map((line) => `${paint('dim', lane.below.padEnd(gutter))}   ${line}`),
    ];
  });
}

/** What stands right of the lines: the name and where its value comes from, then what is known about it. */
function textOf(node: DrawnNode, edges: readonly DrawnEdge[], room: number, paint: Painter): string[] {
  const star = node.isOutput ? ` ${outputMark}` : '';
  const name = fitCells(node.fullName, room - star.length);
  const scope = node.scope.map((expander) => ` ${scopeMark} ${expander}`).join('');
  const scopeRoom = room - displayWidth(name) - star.length - 1;
  const around = scope === '' || scopeRoom < 6 ? '' : ` ${fitCells(scope, scopeRoom)}`;
  const typeRoom = room - displayWidth(name + around) - star.length;
  const type = node.type === undefined || typeRoom < 6 ? '' : fitCells(`: ${node.type}`, typeRoom);
  const style = node.isOutput ? 'output' : 'bold';
  const title = `${paint(style, name)}${paint('dim', type + around)}${paint('output', star)}`;
  const sources = wrapItems(edges.map(edgeText), room - 4);
  const [only = ''] = sources;
  const inline = sources.length === 1 && displayWidth(name + type + around + star + only) + 4 <= room;
  const about = [...node.notes, ...(node.doc === undefined ? [] : [firstSentence(node.doc)])].join(' · ');
  return [
    inline ? `${title}  ${paint('dim', '←')} ${only}` : title,
    ...(inline ? [] : sources.map((line, index) => `${paint('dim', index === 0 ? '←' : ' ')} ${line}`)),
    ...(about === '' ? [] : [paint('dim', fitCells(about, room - 2))]),
  ];
}

const flowWords: Readonly<Record<Flow, string>> = { one: '', each: 'each ', all: 'all ' };

function edgeText({ from, flow, parameters, notes, optional }: DrawnEdge): string {
  const name = `${flowWords[flow]}${from.fullName}${optional ? '?' : ''}`;
  const about = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return `${parameters === undefined ? '' : `${parameters} = `}${name}${about}`;
}

function firstSentence(doc: string): string {
  const paragraph = plainLine(doc.split(/\n\s*\n/, 1)[0] ?? '');
  return /^.*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
}

function legendLines({ legend }: Drawing, width: number, paint: Painter): string[] {
  if (legend.length === 0) return [];
  const items = legend.map((entry) => `${legendMark(entry)} ${legendLabels[entry]}`);
  return ['', ...wrapItems(items, width).map((line) => paint('dim', line))];
}

function legendMark(entry: LegendEntry): string {
  switch (entry) {
    case 'output':
      return outputMark;
    case 'optional':
      return '?';
    case 'each':
      return scopeMark;
    case 'all':
      return 'all =';
    default:
      return markers[entry];
  }
}
