/**
 * Where everything goes. Graphviz sees only boxes of known size under safe identifiers: no text of the user
 * reaches it, and no estimate of its own decides how wide a label is.
 */
import type { Drawing, DrawnEdge, DrawnGroup, DrawnNode } from '../drawing/drawing.js';
import { visualizeError } from '../errors/visualize-error.js';
import { type GraphvizJson, layoutHint, runGraphviz } from './graphviz.js';
import { measureText } from './measure-text.js';
import { type Card, cardFor } from './node-card.js';
import type { Box } from './shapes.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode {
  readonly node: DrawnNode;
  readonly card: Card;
  readonly box: Box;
}

export interface PlacedEdge {
  readonly edge: DrawnEdge;
  /** Start point, then three control points for each cubic Bézier segment. */
  readonly points: readonly Point[];
  /** Where the arrow points at. */
  readonly tip: Point;
  /** The middle of the label; undefined exactly when the edge has none. */
  readonly label: Point | undefined;
}

export interface PlacedGroup {
  readonly group: DrawnGroup;
  readonly box: Box;
  readonly groups: readonly PlacedGroup[];
}

/** Everything of a drawing, with its place. All lengths in CSS pixels, the origin at the upper left. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly groups: readonly PlacedGroup[];
}

export const edgeLabelSize = 10;
export const groupLabelSize = 11;

/** A fan-out is drawn as a stack of sheets, for which it needs more room. */
const groupMargins = { namespace: 14, fanOut: 18 } as const;

type Cards = ReadonlyMap<DrawnNode, Card>;

/** Raises FP_VISUALIZE_LAYOUT_FAILED. */
export async function layoutDrawing(drawing: Drawing): Promise<Layout> {
  if (drawing.nodes.length === 0) return { width: 0, height: 0, nodes: [], edges: [], groups: [] };
  const cards = new Map(drawing.nodes.map((node) => [node, cardFor(node)]));
  return readLayout(drawing, cards, await runGraphviz(layoutDot(drawing, cards)));
}

function layoutDot(drawing: Drawing, cards: Cards): string {
  const sideways = drawing.orient === 'LR';
  return [
    'digraph {',
    `graph [rankdir=${drawing.orient} nodesep=0.28 ranksep=${sideways ? 0.62 : 0.5}]`,
    'node [shape=box fixedsize=true label=""]',
    'edge [arrowsize=0.75]',
    ...groupDot(drawing.root, cards),
    ...drawing.edges.map((edge, index) => edgeDot(edge, index, drawing.orient)),
    '}',
  ].join('\n');
}

function groupDot(group: DrawnGroup, cards: Cards): string[] {
  const nodes = group.nodes.map((node) => {
    const { width, height } = cards.get(node) ?? cardFor(node);
    return `${node.id} [width=${inches(width)} height=${inches(height)}]`;
  });
  const groups = group.groups.flatMap((inner) => [
    `subgraph cluster_${inner.id} {`,
    `margin=${groupMargins[inner.kind]} labelloc=t label=${spacer(measureText(inner.label, groupLabelSize, 'bold') + groupMargins[inner.kind] / 2, groupLabelSize)}`,
    ...groupDot(inner, cards),
    '}',
  ]);
  return [...nodes, ...groups];
}

function edgeDot(edge: DrawnEdge, index: number, orient: Drawing['orient']): string {
  const { from, to, label } = edge;
  const attributes = [`id=e${index}`, ...ports(edge, orient)];
  if (label !== undefined) attributes.push(`label=${spacer(measureText(label, edgeLabelSize) + 8, 12)}`);
  return `${from.id} -> ${to.id} [${attributes.join(' ')}]`;
}

/**
 * Sideways, edges leave and enter at the middle of the short sides, which reads as a flow. Downwards the sides are
 * wide and ports would bend every edge; only outlines that are not straight there need one to be met exactly.
 * Sideways, what chooses comes to a branch from above. Strands need room beside the line, so they end in the middle.
 */
function ports({ from, to, flow, isChoice }: DrawnEdge, orient: Drawing['orient']): string[] {
  if (orient === 'LR') return ['tailport=e', isChoice ? 'headport=n' : 'headport=w'];
  const isRound = ({ look }: DrawnNode) => look === 'input' || look === 'loader' || look === 'branch';
  const isSplit = flow === 'each';
  return [...(isRound(from) ? ['tailport=s'] : []), ...(isRound(to) || isSplit ? ['headport=n'] : [])];
}

/** An empty label of a fixed size. */
function spacer(width: number, height: number): string {
  const size = `WIDTH="${Math.ceil(width)}" HEIGHT="${Math.ceil(height)}"`;
  return `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR><TD FIXEDSIZE="TRUE" ${size}></TD></TR></TABLE>>`;
}

function inches(points: number): string {
  return (points / 72).toFixed(4);
}

/** Puts graphviz's answer and the drawing together. Raises FP_VISUALIZE_LAYOUT_FAILED when the answer lacks a part. */
export function readLayout(drawing: Drawing, cards: Cards, json: GraphvizJson): Layout {
  const { width, height } = readBox(json.bb, 0);
  const objects = new Map((json.objects ?? []).map((object) => [object.name, object]));
  const splines = new Map((json.edges ?? []).map((edge) => [edge.id, edge]));
  const placeGroup = (group: DrawnGroup): PlacedGroup => ({
    group,
    box: readBox(found(objects.get(`cluster_${group.id}`)?.bb, 'group', group.label), height),
    groups: group.groups.map(placeGroup),
  });
  return {
    width,
    height,
    nodes: drawing.nodes.map((node) => {
      const middle = readPoint(found(objects.get(node.id)?.pos, 'node', node.fullName), height);
      const card = cards.get(node) ?? cardFor(node);
      const corner = { x: middle.x - card.width / 2, y: middle.y - card.height / 2 };
      return { node, card, box: { ...corner, width: card.width, height: card.height } };
    }),
    edges: drawing.edges.map((edge, index) => {
      const spline = splines.get(`e${index}`);
      const pos = found(spline?.pos, 'edge', `${edge.from.fullName} -> ${edge.to.fullName}`);
      const label =
        edge.label === undefined ? undefined : readPoint(found(spline?.lp, 'label', edge.label), height);
      return { edge, ...readSpline(pos, height), label };
    }),
    groups: drawing.root.groups.map(placeGroup),
  };
}

function found(text: string | undefined, what: string, name: string): string {
  if (text !== undefined) return text;
  throw visualizeError({
    code: 'FP_VISUALIZE_LAYOUT_FAILED',
    message: `Graphviz gave no place to the ${what} '${name}'.`,
    hint: layoutHint,
  });
}

/** `left,bottom,right,top` */
function readBox(text: string, pageHeight: number): Box {
  const [left = 0, bottom = 0, right = 0, top = 0] = text.split(',').map(Number);
  return { x: left, y: pageHeight - top, width: right - left, height: top - bottom };
}

function readPoint(text: string, pageHeight: number): Point {
  const [x = 0, y = 0] = text.split(',').map(Number);
  return { x, y: pageHeight - y };
}

/** `e,tip start control control end …`: see https://graphviz.org/docs/attr-types/splineType/. */
function readSpline(text: string, pageHeight: number): Pick<PlacedEdge, 'points' | 'tip'> {
  const words = text.split(' ');
  const arrow = words.find((word) => word.startsWith('e,'));
  const points = words.filter((word) => !/^[es],/.test(word)).map((word) => readPoint(word, pageHeight));
  const end = points.at(-1) ?? { x: 0, y: 0 };
  return { points, tip: arrow === undefined ? end : readPoint(arrow.slice(2), pageHeight) };
}
