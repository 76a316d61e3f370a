import type { DrawnEdge } from '../drawing/drawing.js';
import { theme } from '../theme.js';
import type { PlacedEdge, Point } from './layout.js';
import { num } from './xml.js';

type Line = Pick<PlacedEdge, 'points' | 'tip'> & Pick<DrawnEdge, 'flow' | 'optional'>;

/** How long the strands are, and how far from the line they end. */
const strand = { length: 17, spread: 6.5 };
const head = { half: 3.2, strandHalf: 2.6, strandLength: 7 };

/**
 * The line of an edge, with its arrow. Where one value becomes many, the line splits into strands before its end;
 * where many become one, strands join behind its start.
 */
export function writeLine({ flow, optional, points, tip }: Line): string[] {
  const color = theme.edges[flow];
  const dash = optional ? ' stroke-dasharray="5 4"' : '';
  const paint = `fill="none" stroke="${color}" stroke-width="1.3"${dash}`;
  const end = points.at(-1) ?? tip;
  const forward = towards(end, tip);
  const outlines = [curve(points), ...(flow === 'all' ? joiningStrands(points) : [])];
  const heads = [arrowHead(end, tip, head.half)];
  if (flow === 'each') {
    for (const side of [-strand.spread, strand.spread]) {
      const strandTip = beside(tip, forward, side);
      const base = along(strandTip, forward, -head.strandLength);
      outlines.push(curve(splittingStrand(points, base, forward)));
      heads.push(arrowHead(base, strandTip, head.strandHalf));
    }
  }
  return [
    ...outlines.map((outline) => `<path d="${outline}" ${paint}/>`),
    ...heads.map((outline) => `<path d="${outline}" fill="${color}"/>`),
  ];
}

/** From beside the start of a line onto it. */
function joiningStrands(points: readonly Point[]): string[] {
  const [start = origin] = points;
  const { point, direction } = pointNearStart(points, strand.length);
  const away = towards(start, points[1] === undefined || isSame(points[1], start) ? point : points[1]);
  return [-strand.spread, strand.spread].map((side) => {
    const begin = beside(start, away, side);
    const [bend, join] = [along(begin, away, strand.length / 2), along(point, direction, -strand.length / 2)];
    return curve([begin, bend, join, point]);
  });
}

/** From a line, near its end, to the base of an arrow beside its own. */
function splittingStrand(points: readonly Point[], base: Point, forward: Point): Point[] {
  const { point, direction } = pointNearStart(points.toReversed(), strand.length - head.strandLength);
  const bend = strand.length / 3;
  return [point, along(point, direction, -bend), along(base, forward, -bend), base];
}

/** The first point of a line that is so far from its start, and the direction of the line there. */
function pointNearStart(points: readonly Point[], distance: number): { point: Point; direction: Point } {
  const [start = origin] = points;
  let [before, here] = [start, start];
  for (let index = 0; index + 3 < points.length; index += 3) {
    for (let step = 1; step <= curveSteps; step++) {
      [before, here] = [here, bezier(points.slice(index, index + 4), step / curveSteps)];
      if (Math.hypot(here.x - start.x, here.y - start.y) >= distance) {
        return { point: here, direction: towards(before, here) };
      }
    }
  }
  return { point: here, direction: towards(start, here) };
}

const curveSteps = 50;
const origin: Point = { x: 0, y: 0 };

/** A point of a cubic curve, by the algorithm of de Casteljau. */
function bezier(controls: readonly Point[], share: number): Point {
  const [first = origin, ...rest] = controls;
  if (rest.length === 0) return first;
  const between = rest.map((to, index) => {
    const from = controls[index] ?? to;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  });
  return bezier(between, share);
}

function curve([start = origin, ...controls]: readonly Point[]): string {
  return `M${at(start)}C${controls.map(at).join(' ')}`;
}

function arrowHead(base: Point, tip: Point, half: number): string {
  const direction = towards(base, tip);
  return `M${at(tip)}L${at(beside(base, direction, half))}L${at(beside(base, direction, -half))}Z`;
}

function isSame(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

/** The direction from one point to another, one pixel long. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

function along(point: Point, direction: Point, by: number): Point {
  return { x: point.x + direction.x * by, y: point.y + direction.y * by };
}

function beside(point: Point, direction: Point, by: number): Point {
  return { x: point.x - direction.y * by, y: point.y + direction.x * by };
}

function at({ x, y }: Point): string {
  return `${num(x)},${num(y)}`;
}
