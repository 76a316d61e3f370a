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
