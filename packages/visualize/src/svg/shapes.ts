import type { NodeLook } from '../drawing/look.js';
import type { Paint } from '../theme.js';
import { checkPoint, lidRadius } from './node-card.js';
import { num } from './xml.js';

/** A box by its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The outline of a node, as SVG elements. */
export function nodeShape(look: NodeLook, box: Box, { fill, stroke }: Paint, strokeWidth: number): string[] {
  const paint = `fill="${fill}" stroke="${stroke}" stroke-width="${num(strokeWidth)}"`;
  return outlines[look](box, paint);
}

const outlines: Record<NodeLook, (box: Box, paint: string) => string[]> = {
  function: (box, paint) => [roundedBox(box, 8, paint)],
  input: (box, paint) => [roundedBox(box, box.height / 2, `${paint} stroke-dasharray="5 3.5"`)],
  config: note,
  loader: cylinder,
  branch: diamond,
  unchecked: (box, paint) => [roundedBox(box, 8, paint)],
  check: hexagon,
  saver: parallelogram,
};

export function roundedBox({ x, y, width, height }: Box, radius: number, paint: string): string {
  const place = `x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}"`;
  return `<rect ${place} rx="${num(radius)}" ${paint}/>`;
}

function note({ x, y, width, height }: Box, paint: string): string[] {
  const fold = Math.min(10, height / 3);
  const [right, bottom] = [x + width, y + height];
  const outline = `M${num(x)},${num(y)}H${num(right - fold)}L${num(right)},${num(y + fold)}V${num(bottom)}H${num(x)}Z`;
  const corner = `M${num(right - fold)},${num(y)}V${num(y + fold)}H${num(right)}`;
  return [
    `<path d="${outline}" ${paint} stroke-linejoin="round"/>`,
    `<path d="${corner}" ${paint} stroke-linejoin="round"/>`,
  ];
}

function cylinder({ x, y, width, height }: Box, paint: string): string[] {
  const radius = Math.min(lidRadius, height / 4);
  const [right, top, bottom] = [x + width, y + radius, y + height - radius];
  const arc = (sweep: 0 | 1, to: number) => `A${num(width / 2)},${num(radius)} 0 0 ${sweep} ${num(to)},`;
  const outline = `M${num(x)},${num(top)}${arc(1, right)}${num(top)}V${num(bottom)}${arc(1, x)}${num(bottom)}Z`;
  const lid = `M${num(x)},${num(top)}${arc(0, right)}${num(top)}`;
  return [`<path d="${outline}" ${paint}/>`, `<path d="${lid}" ${paint} fill-opacity="0"/>`];
}

function diamond({ x, y, width, height }: Box, paint: string): string[] {
  const [middle, centre] = [x + width / 2, y + height / 2];
  return [polygon([x, centre, middle, y, x + width, centre, middle, y + height], paint)];
}

function hexagon({ x, y, width, height }: Box, paint: string): string[] {
  const [right, bottom, centre] = [x + width, y + height, y + height / 2];
  const point = Math.min(checkPoint, width / 4);
  const [left, inner] = [x + point, right - point];
  return [polygon([x, centre, left, y, inner, y, right, centre, inner, bottom, left, bottom], paint)];
}

/** Leans over the box by as much as it leaves free, so that edges meet the middle of its sides. */
function parallelogram({ x, y, width, height }: Box, paint: string): string[] {
  const lean = Math.min(4, height / 5);
  const [right, bottom] = [x + width, y + height];
  return [polygon([x + lean, y, right + lean, y, right - lean, bottom, x - lean, bottom], paint)];
}

function polygon(coordinates: readonly number[], paint: string): string {
  return `<polygon points="${coordinates.map(num).join(' ')}" ${paint} stroke-linejoin="round"/>`;
}
