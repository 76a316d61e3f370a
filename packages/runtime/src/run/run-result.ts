import type { IoMetadata } from '@flowerpower/io';

/** What a run that succeeded gives. */
export interface RunResult {
  readonly runId: string;
  /** The name of the pipeline. */
  readonly pipeline: string;
  /** The requested outputs by name. Never holds what savers give; see `saved`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What each saver wrote, by the name under `io.save`. */
  readonly saved: Readonly<Record<string, IoMetadata>>;
  /** What each loader read, by the name under `io.load`. */
  readonly loaded: Readonly<Record<string, IoMetadata>>;
  /** From the start of the run to the end of its last attempt, waits between attempts included. */
  readonly durationMs: number;
  /** 1 when the first attempt succeeded. */
  readonly attempts: number;
}
