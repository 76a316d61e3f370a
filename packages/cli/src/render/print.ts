/** What users' code printed, as lines on standard error. */
import type { NodeScope } from '@flowerpower/runtime';
import { keepColors } from '../terminal/styles.js';
import type { Terminal } from '../terminal/terminal.js';

/** The node that the running code belongs to, with its item inside a fan-out; empty outside of nodes. */
export function originOf(scope: NodeScope | undefined): string {
  if (scope === undefined) return '';
  const { node, item } = scope;
  return item === undefined ? node : `${node}[${item.join('][')}]`;
}

export function renderPrint(line: string, origin: string, { paint }: Pick<Terminal, 'paint'>): string {
  return `  ${paint('dim', `${origin}${origin === '' ? '' : ' '}│`)} ${keepColors(line)}`;
}
