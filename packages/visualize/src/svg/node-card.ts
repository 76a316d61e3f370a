import type { DrawnNode } from '../drawing/drawing.js';
import type { NodeLook } from '../drawing/look.js';
import { type FontWeight, measureText } from './measure-text.js';

/** One line of text on a node, placed relative to the node's upper edge. */
export interface CardLine {
  readonly text: string;
  readonly role: 'name' | 'type' | 'note';
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
  note: { size: 10.5, height: 14.5, weight: 'regular' },
} as const satisfies Record<CardLine['role'], { size: number; height: number; weight: FontWeight }>;

/** Half the height of a cylinder's lid. */
export const lidRadius = 5;

/** How far a check is pointed at each end. */
export const checkPoint = 10;

/** The part of a diamond's width that its text takes; what is left of the height is free for it. */
const textShare = 0.62;

const padding = { x: 14, y: 9 };
const minimumWidth = 64;

export function cardFor(node: Pick<DrawnNode, 'look' | 'label' | 'type' | 'notes'>): Card {
  const texts: Pick<CardLine, 'text' | 'role'>[] = [
    { text: node.label, role: 'name' },
    ...(node.type === undefined ? [] : [{ text: node.type, role: 'type' as const }]),
    ...node.notes.map((text) => ({ text, role: 'note' as const })),
  ];
  const lines: CardLine[] = [];
  let y = padding.y;
  for (const { text, role } of texts) {
    const { size, height } = lineStyles[role];
    // Cap height and depth of the fonts together are close to 0.93 of the size: the baseline sits at 0.72.
    lines.push({ text, role, baseline: y + (height - size) / 2 + size * 0.79 });
    y += height;
  }
  const widths = texts.map(({ text, role }) =>
    measureText(text, lineStyles[role].size, lineStyles[role].weight),
  );
  const plain = {
    width: Math.ceil(Math.max(minimumWidth, Math.max(...widths) + 2 * padding.x)),
    height: Math.ceil(y + padding.y),
  };
  return fitOutline(node.look, { ...plain, lines });
}

/** Makes room for outlines that are not boxes. */
function fitOutline(look: NodeLook, card: Card): Card {
  const { width, height, lines } = card;
  switch (look) {
    case 'loader':
      return {
        width,
        height: height + 3 * lidRadius - 6,
        lines: lower(lines, 2 * lidRadius - 3),
      };
    case 'check':
      return { ...card, width: width + checkPoint };
    case 'branch': {
      // The text box touches all four sides: its share of the height and its share of the width make one.
      const text = { width: width - padding.x, height: height - 1.5 * padding.y };
      const diamond = Math.ceil(text.height / (1 - textShare));
      return {
        width: Math.ceil(text.width / textShare),
        height: diamond,
        lines: lower(lines, (diamond - height) / 2),
      };
    }
    default:
      return card;
  }
}

function lower(lines: readonly CardLine[], by: number): CardLine[] {
  return lines.map((line) => ({ ...line, baseline: line.baseline + by }));
}
