import type { Drawing } from '../drawing/drawing.js';
import { fontStack, paintOf, theme } from '../theme.js';
import {
  edgeLabelSize,
  groupLabelSize,
  type Layout,
  type PlacedEdge,
  type PlacedGroup,
  type PlacedNode,
} from './layout.js';
import { type Legend, layoutLegend, writeLegend } from './legend.js';
import { writeLine } from './edge-line.js';
import { measureText } from './measure-text.js';
import { lineStyles } from './node-card.js';
import { type Box, nodeShape, roundedBox } from './shapes.js';
import { num, xmlText } from './xml.js';

const margin = 24;
const titleSize = 17;
const titleHeight = 36;
const legendGap = 22;
const emptyText = 'no nodes';

export interface SvgPicture {
  readonly svg: string;
  /** In CSS pixels, whole. */
  readonly width: number;
  readonly height: number;
}

/** The SVG document of a drawing that has been laid out. */
export function writeSvg(drawing: Drawing, layout: Layout): SvgPicture {
  const { title } = drawing;
  const { nodes, edges, groups } = layout;
  const titleWidth = title === undefined ? 0 : measureText(title, titleSize, 'bold');
  const content = nodes.length === 0 ? { width: 80, height: 20 } : layout;
  const inner = Math.max(content.width, titleWidth);
  const legend = layoutLegend(drawing.legend, Math.max(inner, 240));
  const width = Math.ceil(Math.max(inner, legend.width) + 2 * margin);
  const top = margin + (title === undefined ? 0 : titleHeight);
  const legendTop = top + content.height + legendGap;
  const height = Math.ceil(
    (legend.items.length === 0 ? top + content.height : legendTop + legend.height) + margin,
  );
  const left = (width - content.width) / 2;

  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${xmlText(title ?? 'Graph')}">`,
    roundedBox(
      { x: 0.5, y: 0.5, width: width - 1, height: height - 1 },
      12,
      `fill="${theme.page.fill}" stroke="${theme.page.stroke}"`,
    ),
    `<g font-family="${xmlText(fontStack)}" fill="${theme.text}">`,
    ...writeTitle(title),
    `<g transform="translate(${num(left)} ${num(top)})">`,
    ...(nodes.length === 0 ? [writeEmpty(content)] : []),
    ...groups.flatMap(writeGroup),
    ...edges.flatMap(writeEdge),
    ...nodes.flatMap(writeNode),
    // Labels come last, so that no edge crosses their text.
    ...groups.flatMap(writeGroupLabel),
    ...edges.flatMap(writeEdgeLabel),
    '</g>',
    ...writeLegendBlock(legend, legendTop),
    '</g>',
    '</svg>',
  ];
  return { svg: `${lines.join('\n')}\n`, width, height };
}

function writeTitle(title: string | undefined): string[] {
  if (title === undefined) return [];
  return [
    `<text x="${margin}" y="${margin + titleSize - 3}" font-size="${titleSize}" font-weight="bold">${xmlText(title)}</text>`,
  ];
}

function writeEmpty({ width, height }: { readonly width: number; readonly height: number }): string {
  return `<text x="${num(width / 2)}" y="${num(height - 6)}" font-size="12" text-anchor="middle" fill="${theme.mutedText}">${emptyText}</text>`;
}

function writeLegendBlock(legend: Legend, top: number): string[] {
  if (legend.items.length === 0) return [];
  return [`<g class="legend" transform="translate(${margin} ${num(top)})">`, ...writeLegend(legend), '</g>'];
}

function writeGroup({ group, box, groups }: PlacedGroup): string[] {
  const { fill, stroke } = theme.groups[group.kind];
  const paint = `fill="${fill}" stroke="${stroke}"`;
  const sheets = group.kind === 'fanOut' ? sheetsIn(box) : [box];
  return [
    `<g class="${group.kind === 'fanOut' ? 'fan-out' : 'namespace'}">`,
    ...sheets.map((sheet) => roundedBox(sheet, 10, paint)),
    ...groups.flatMap(writeGroup),
    '</g>',
  ];
}

/** A stack of sheets says that what lies on it is there many times. The uppermost comes last. */
function sheetsIn({ x, y, width, height }: Box): Box[] {
  const step = 4;
  const size = { width: width - 2 * step, height: height - 2 * step };
  return [2, 1, 0].map((sheet) => ({ x: x + sheet * step, y: y + sheet * step, ...size }));
}

function writeGroupLabel({ group, box, groups }: PlacedGroup): string[] {
  return [
    `<text x="${num(box.x + 12)}" y="${num(box.y + 18)}" font-size="${groupLabelSize}" font-weight="bold" fill="${theme.mutedText}" ${halo(theme.groups[group.kind].fill)}>${xmlText(group.label)}</text>`,
    ...groups.flatMap(writeGroupLabel),
  ];
}

/** An outline in the colour of the surface, which keeps text readable where a line runs behind it. */
function halo(surface: string): string {
  return `stroke="${surface}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`;
}

function writeEdge({ edge, points, tip }: PlacedEdge): string[] {
  const { from, to, flow, optional } = edge;
  const names = ['edge', ...(optional ? ['optional'] : []), ...(flow === 'one' ? [] : [flow])];
  return [
    `<g class="${names.join(' ')}">`,
    `<title>${xmlText(`${from.fullName} → ${to.fullName}`)}</title>`,
    ...writeLine({ flow, optional, points, tip }),
    '</g>',
  ];
}

function writeEdgeLabel({ edge, label }: PlacedEdge): string[] {
  if (edge.label === undefined || label === undefined) return [];
  return [
    `<text x="${num(label.x)}" y="${num(label.y + 3.5)}" font-size="${edgeLabelSize}" text-anchor="middle" fill="${theme.mutedText}" ${halo(theme.page.fill)}>${xmlText(edge.label)}</text>`,
  ];
}

function writeNode({ node, card, box }: PlacedNode): string[] {
  const middle = num(box.x + box.width / 2);
  return [
    `<g class="node ${node.look}${node.isOutput ? ' output' : ''}">`,
    `<title>${xmlText(node.tooltip)}</title>`,
    ...nodeShape(node.look, box, paintOf(node), node.isOutput ? 2 : 1.2),
    ...card.lines.map(({ text, role, baseline }) => {
      const { size, weight } = lineStyles[role];
      const look = role === 'name' ? ` font-weight="${weight}"` : ` fill="${theme.mutedText}"`;
      return `<text x="${middle}" y="${num(box.y + baseline)}" font-size="${size}" text-anchor="middle"${look}>${xmlText(text)}</text>`;
    }),
    '</g>',
  ];
}
