import { AsyncLocalStorage } from 'node:async_hooks';
import type { IoMeter } from '../../context/io-meter.js';

/** Which node the current code belongs to, for log records and for what it prints. */
export interface NodeScope {
  readonly runId: string;
  readonly node: string;
  readonly attempt: number;
  readonly item?: readonly number[] | undefined;
  /** Times what the node does with filesystems. */
  readonly io?: IoMeter | undefined;
}

/**
 * Of every runner that is given none. Scopes name their runs, so runners may share one; and on Node 20 and 22 each that
 * was ever used makes every promise of the process slower, as long as the process lives.
 */
export const sharedScope = new AsyncLocalStorage<NodeScope>();
