import type { Adapter, RetryPolicy } from '@flowerpower/core';
import type { ResultBuilder } from '@flowerpower/plugin';
import type { NodeRecorder } from '../recorder/node-recorder.js';
import type { PreparedRun } from '../prepare/prepare-run.js';
import type { RunSession } from '../session/run-session.js';

/** A session whose plan stands. */
export interface ActiveRun extends RunSession {
  readonly prepared: PreparedRun;
  readonly recorder: NodeRecorder;
  readonly retry: RetryPolicy;
  readonly maxRetries: number;
  readonly adapters: readonly Adapter[];
  /** Makes one value of the outputs. */
  readonly builder: ResultBuilder | undefined;
}
