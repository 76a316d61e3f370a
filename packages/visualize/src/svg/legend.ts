import type { LegendEntry } from '../drawing/drawing.js';
import { isNodeEntry, legendExample } from '../drawing/legend.js';
import { legendLabels, paintOf, theme } from '../theme.js';
import { writeLine } from './edge-line.js';
import type { Point } from './layout.js';
import { measureText } from './measure-text.js';
import { nodeShape } from './shapes.js';
import { num, xmlText } from './xml.js';

/** A legend set in rows under the picture. */
export interface Legend {
  readonly width: number;
  readonly height: number;
  readonly items: readonly { readonly entry: LegendEntry; readonly x: number; readonly y: number }[];
}

const fontSize = 10.5;
const swatch = { width: 22, height: 14 };
const swatchGap = 7;
const itemGap = 20;
const rowHeight = 22;

export function layoutLegend(entries: readonly LegendEntry[], maximumWidth: number): Legend {
  const items: { entry: LegendEntry; x: number; y: number }[] = [];
  let [x, y, width] = [0, 0, 0];
  for (const entry of entries) {
    const itemWidth = swatch.width + swatchGap + measureText(legendLabels[entry], fontSize);
    if (x > 0 && x + itemWidth > maximumWidth) {
      x = 0;
      y += rowHeight;
    }
    items.push({ entry, x, y });
    width = Math.max(width, x + itemWidth);
    x += itemWidth + itemGap;
  }
  return { width, height: items.length === 0 ? 0 : y + swatch.height, items };
}

export function writeLegend({ items }: Legend): string[] {
  return items.flatMap(({ entry, x, y }) => [
    ...writeSwatch(entry, x, y),
    `<text x="${num(x + swatch.width + swatchGap)}" y="${num(y + 10.8)}" font-size="${fontSize}" fill="${theme.mutedText}">${xmlText(legendLabels[entry])}</text>`,
  ]);
}

function writeSwatch(entry: LegendEntry, x: number, y: number): string[] {
  if (!isNodeEntry(entry)) {
    const at = (share: number): Point => ({ x: x + share * swatch.width, y: y + swatch.height / 2 });
    const points = [at(0), at(0.2), at(0.5), at(0.7)];
    return writeLine({
      flow: entry === 'optional' ? 'one' : entry,
      optional: entry === 'optional',
      points,
      tip: at(1),
    });
  }
  const node = legendExample(entry);
  return nodeShape(node.look, { x, y, ...swatch }, paintOf(node), node.isOutput ? 1.8 : 1.1);
}
