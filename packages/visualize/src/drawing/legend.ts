import type { DrawnEdge, DrawnNode, LegendEntry } from './drawing.js';
import type { NodeLook } from './look.js';

const lookOrder: readonly NodeLook[] = [
  'input',
  'config',
  'loader',
  'function',
  'branch',
  'unchecked',
  'check',
  'saver',
];

/** What occurs in the drawing, and nothing else. */
export function legendFor(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): LegendEntry[] {
  const looks = new Set(nodes.map(({ look }) => look));
  const flows = new Set(edges.map(({ flow }) => flow));
  const entries: LegendEntry[] = lookOrder.filter((look) => looks.has(look));
  if (nodes.some(({ isOutput }) => isOutput)) entries.push('output');
  if (edges.some(({ optional }) => optional)) entries.push('optional');
  if (flows.has('each')) entries.push('each');
  if (flows.has('all')) entries.push('all');
  return entries;
}

/** True for entries that are explained by a node: see {@link legendExample}. */
export function isNodeEntry(entry: LegendEntry): entry is NodeLook | 'output' {
  return entry !== 'optional' && entry !== 'each' && entry !== 'all';
}

/** How the legend shows an entry: as a node of that look. */
export function legendExample(entry: NodeLook | 'output'): Pick<DrawnNode, 'look' | 'isOutput'> {
  return entry === 'output' ? { look: 'function', isOutput: true } : { look: entry, isOutput: false };
}
