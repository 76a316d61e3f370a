import type { ModifierContext } from '../../model/definition.js';

/** Notes that a variant of a node was left out, and what it would have needed. */
export function leaveOut({ leftOut }: ModifierContext, node: string, condition: string): void {
  for (const conditions of leftOut) {
    conditions.set(node, [...new Set([...(conditions.get(node) ?? []), condition])]);
  }
}
