import type { Clock } from '../../clock/clock.js';
import type { EventStream } from '../../events/event-stream.js';
import type { Logger } from '../../logging/logger.js';
import type { RunWatchers } from '../../telemetry/run-watchers.js';
import type { RunRecording } from '../recording/run-recording.js';
import type { RunStop } from './run-stop.js';

/** One run from its first event to its last, whether or not it gets as far as running a node. */
export interface RunSession {
  readonly runId: string;
  readonly pipeline: string;
  /** What adapters are told of where the pipeline belongs. */
  readonly project: { readonly name: string; readonly env?: string | undefined } | undefined;
  readonly clock: Clock;
  readonly events: EventStream;
  readonly log: Logger;
  readonly stop: RunStop;
  /** Absent for a run without adapters. */
  readonly watchers: RunWatchers | undefined;
  /** Nothing is printed for the run any more; tells what of the log was not told. */
  endLog(): void;
  /** Undefined for a run that is not recorded. */
  readonly recording: RunRecording | undefined;
  /** On the clock's `elapsedMs`. */
  readonly startedMs: number;
}
