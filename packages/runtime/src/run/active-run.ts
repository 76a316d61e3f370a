import type { IoMetadata } from '@flowerpower/io';
import type { Adapter, RetryManager } from '@flowerpower/core';
import type { Clock } from '../clock/clock.js';
import type { EventStream } from '../events/event-stream.js';
import type { Logger } from '../logging/logger.js';
import type { NodeRecorder } from './node-recorder.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunStop } from './run-stop.js';

/** One run from its first event to its last, whether or not it gets as far as running a node. */
export interface RunSession {
  readonly runId: string;
  readonly pipeline: string;
  readonly clock: Clock;
  readonly events: EventStream;
  readonly log: Logger;
  readonly stop: RunStop;
  /** On the clock's `elapsedMs`. */
  readonly startedMs: number;
  /** Filled by the loaders of this run. */
  readonly loaded: Readonly<Record<string, IoMetadata>>;
}

/** A session whose plan stands. */
export interface ActiveRun extends RunSession {
  readonly prepared: PreparedRun;
  readonly recorder: NodeRecorder;
  readonly retry: RetryManager;
  readonly maxRetries: number;
  readonly adapters: readonly Adapter[];
}
