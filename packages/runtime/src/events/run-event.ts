/**
 * What a run tells the world. Events are plain data: they survive `JSON.stringify`. Within `v: 1` fields are only
 * added, and readers skip types they do not know.
 *
 * Each run has exactly one `run.started`, which comes first, and exactly one `run.finished`, which comes last.
 */
import type { IoMetadata } from '@flowerpower/io';
import type { DescribedError } from '../errors/describe-error.js';
import type { LogLevel } from '../logging/log-level.js';
import type { ValueSummary } from './summarize-value.js';

interface EventBase<Type extends string> {
  readonly v: 1;
  readonly type: Type;
  /** Counted from 1 within the run, without gaps. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly ts: string;
  readonly runId: string;
  readonly pipeline: string;
}

interface NodeEventBase<Type extends string> extends EventBase<Type> {
  readonly node: string;
  /** The attempt of the run, counted from 1. */
  readonly attempt: number;
}

export interface RunStartedEvent extends EventBase<'run.started'> {
  /** Requested outputs, without the savers. */
  readonly outputs: readonly string[];
  /** Nodes that will execute, in topological order. Empty when the run cannot start. */
  readonly planned: readonly string[];
}

export interface NodeStartedEvent extends NodeEventBase<'node.started'> {}

export interface NodeSucceededEvent extends NodeEventBase<'node.succeeded'> {
  readonly durationMs: number;
  readonly summary: ValueSummary;
}

export interface NodeFailedEvent extends NodeEventBase<'node.failed'> {
  readonly durationMs: number;
  readonly error: DescribedError;
}

/** With `onError: continue`: the node needs one that failed. */
export interface NodeSkippedEvent extends NodeEventBase<'node.skipped'> {
  /** The node that failed. */
  readonly because: string;
}

export interface RetryScheduledEvent extends EventBase<'retry.scheduled'> {
  /** The attempt that failed, counted from 1. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: DescribedError;
}

/** A saver has written. */
export interface ArtifactWrittenEvent extends EventBase<'artifact.written'> {
  /** The node that was saved. */
  readonly node: string;
  readonly metadata: IoMetadata;
}

export interface LogEvent extends EventBase<'log'> {
  readonly level: LogLevel;
  readonly msg: string;
  readonly node?: string;
  readonly attempt?: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface RunFinishedEvent extends EventBase<'run.finished'> {
  readonly result: 'success' | 'failure' | 'cancellation' | 'timeout';
  readonly durationMs: number;
  /** 0 when nothing could start. */
  readonly attempts: number;
  /** How many planned nodes ended how, after the last attempt. The rest did not run. */
  readonly nodes: { readonly succeeded: number; readonly failed: number; readonly skipped: number };
  readonly error?: DescribedError;
}

export type RunEvent =
  | RunStartedEvent
  | NodeStartedEvent
  | NodeSucceededEvent
  | NodeFailedEvent
  | NodeSkippedEvent
  | RetryScheduledEvent
  | ArtifactWrittenEvent
  | LogEvent
  | RunFinishedEvent;

/** Called for each event as it happens; not waited for. What it throws or rejects with is logged and changes nothing. */
export type RunEventListener = (event: RunEvent) => unknown;
