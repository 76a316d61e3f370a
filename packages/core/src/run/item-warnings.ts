/** Warnings about the items of a fan-out: there may be a million of them, and each would say the same. */
import type { NodeContext, NodeLog } from '../model/functions.js';
import { unwatched } from './context-reads.js';

interface Counts {
  readonly runId: string;
  readonly byKind: Map<string, number>;
}

/** Of the last run that warned into a log. */
const counted = new WeakMap<NodeLog, Counts>();

export interface ItemWarning {
  /** Told once, whatever the item. */
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The same for many, up to "for 10 items": `The node 'x' failed and was tried again`. */
  readonly ofMany: string;
}

/** Inside a fan-out the first warning of a kind is written, then the number at the tenth, the hundredth and so on. */
export function warnOfItem(context: NodeContext, { message, fields, ofMany }: ItemWarning): void {
  const { log, item, runId, node } = unwatched(context);
  const count = item === undefined ? 1 : countOf(log, runId, ofMany);
  if (count === 1) log.warn(message, fields);
  else if (Number.isInteger(Math.log10(count)))
    log.warn(`${ofMany} for ${count} items until now.`, { node, items: count });
}

function countOf(log: NodeLog, runId: string, kind: string): number {
  let counts = counted.get(log);
  if (counts?.runId !== runId) counted.set(log, (counts = { runId, byKind: new Map() }));
  const count = (counts.byKind.get(kind) ?? 0) + 1;
  counts.byKind.set(kind, count);
  return count;
}
