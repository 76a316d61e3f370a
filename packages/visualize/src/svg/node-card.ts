import type { DrawnNode } from '../drawing/drawing.js';
import { type FontWeight, measureText } from './measure-text.js';

/** One line of text on a node, placed relative to the node's upper edge. */
export interface CardLine {
  readonly text: string;
  readonly role: 'name' | 'type' | 'bound';
  /** From the top of the card to the baseline. */
  readonly baseline: number;
}

/** How large a node is drawn and where its lines go. All lengths in CSS pixels. */
export interface Card {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly CardLine[];
}

export const lineStyles = {
  name: { size: 13, height: 17, weight: 'bold' },
  type: { size: 10.5, height: 14.5, weight: 'regular' },
  bound: { size: 10.5, height: 14.5, weight: 'regular' },
} as const satisfies Record<CardLine['role'], { size: number; height: number; weight: FontWeight }>;

/** Half the height of a cylinder's lid. */
export const lidRadius = 5;

const padding = { x: 14, y: 9 };
const minimumWidth = 64;

export function cardFor(node: Pick<DrawnNode, 'kind' | 'label' | 'type' | 'bound'>): Card {
  const texts: Pick<CardLine, 'text' | 'role'>[] = [
    { text: node.label, role: 'name' },
    ...(node.type === undefined ? [] : [{ text: node.type, role: 'type' as const }]),
    ...node.bound.map((text) => ({ text, role: 'bound' as const })),
  ];
  const round = node.kind === 'loader' || node.kind === 'saver';
  let y = padding.y + (round ? 2 * lidRadius - 3 : 0);
  const lines = texts.map(({ text, role }) => {
    const { size, height } = lineStyles[role];
    // Cap height and depth of the fonts together are close to 0.93 of the size: the baseline sits at 0.72.
    const baseline = y + (height - size) / 2 + size * 0.79;
    y += height;
    return { text, role, baseline };
  });
  const widest = Math.max(
    ...texts.map(({ text, role }) => measureText(text, lineStyles[role].size, lineStyles[role].weight)),
  );
  return {
    width: Math.ceil(Math.max(minimumWidth, widest + 2 * padding.x)),
    height: Math.ceil(y + padding.y + (round ? lidRadius - 3 : 0)),
    lines,
  };
}
