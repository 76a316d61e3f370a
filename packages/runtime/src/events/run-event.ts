/**
 * What a run tells the world. Events are plain data: they survive `JSON.stringify`. Within `v: 1` fields are only
 * added, and readers skip types they do not know.
 *
 * Each run has exactly one `run.started`, which comes first, and exactly one `run.finished`, which comes last. A node
 * inside a fan-out is reported as one node, however many items there are: it starts with its first item and ends before
 * the node starts that collects from it, or else at the end of the attempt.
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
  /** The run that this one resumes; absent otherwise. */
  readonly resumeOf?: string;
  /** Of a run that resumes another one: the nodes that are taken over from there and do not run. */
  readonly reused?: readonly string[];
}

export interface NodeStartedEvent extends NodeEventBase<'node.started'> {}

/** What a node has done inside a fan-out; absent outside. */
export interface ItemCounts {
  /** How many items have ended, well or badly. */
  readonly items?: number;
  /** How many of those have failed; absent for none. */
  readonly failedItems?: number;
}

export interface NodeSucceededEvent extends NodeEventBase<'node.succeeded'>, ItemCounts {
  /** Inside a fan-out: from the start of the first item to the end of the last. */
  readonly durationMs: number;
  /** Of a node that loads: of the value, not of the pair with its facts. */
  readonly summary: ValueSummary;
  /** Of loaded data: `pair` from the node that loads, `value` from the one that hands its value on; absent otherwise. */
  readonly loaded?: 'pair' | 'value';
  /** Of a pair: the node that hands its value on, where there is one. */
  readonly valueNode?: string;
  /**
   * Milliseconds of `durationMs` in which an operation of a filesystem of the project was under way; absent for none. Inside a
   * fan-out the sum over items, which may be more.
   */
  readonly ioMs?: number;
  /** True when the value, or that of every item, came from the cache; absent otherwise. */
  readonly cached?: true;
  /** How many items came from the cache; absent outside of fan-outs and for none. */
  readonly cachedItems?: number;
  /** The first failure, when failures of items are collected. */
  readonly firstFailure?: DescribedError;
}

export interface NodeFailedEvent extends NodeEventBase<'node.failed'>, ItemCounts {
  readonly durationMs: number;
  /** As of {@link NodeSucceededEvent}. */
  readonly ioMs?: number;
  readonly error: DescribedError;
}

/** Inside a fan-out, at most once a second for each node. */
export interface NodeProgressEvent extends NodeEventBase<'node.progress'>, ItemCounts {}

/** Inside a fan-out, for the first {@link maxItemEvents} items of each node and attempt that fail. */
export interface ItemFailedEvent extends NodeEventBase<'item.failed'> {
  /** The position of the item, from 0, in each fan-out around the node, the outermost first. */
  readonly item: readonly number[];
  readonly durationMs: number;
  readonly error: DescribedError;
}

/** Inside a fan-out that ended early, because of another node or with the run: the node did not come to all items. */
export interface NodeStoppedEvent extends NodeEventBase<'node.stopped'>, ItemCounts {
  readonly durationMs: number;
}

/** Only a side of a branch needs the node that was not taken. */
export interface NodeNotChosenEvent extends NodeEventBase<'node.not-chosen'> {}

/** The node needs one that failed. */
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

/** A saver has written; inside a fan-out only the first {@link maxItemEvents} items are reported. */
export interface ArtifactWrittenEvent extends EventBase<'artifact.written'> {
  /** The node that was saved. */
  readonly node: string;
  readonly metadata: IoMetadata;
}

/**
 * A line that a node or the run has logged, at most 64 kB as JSON and 1000 for each node and attempt; at the end of the run a line
 * says of each node how many more there were. What a node printed by `console` has the field `console`.
 */
export interface LogEvent extends EventBase<'log'> {
  readonly level: LogLevel;
  readonly msg: string;
  readonly node?: string;
  readonly attempt?: number;
  /** As in {@link ItemFailedEvent}; absent outside of fan-outs. */
  readonly item?: readonly number[];
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface RunFinishedEvent extends EventBase<'run.finished'> {
  readonly result: 'success' | 'failure' | 'cancellation' | 'timeout';
  readonly durationMs: number;
  /** 0 when nothing could start. */
  readonly attempts: number;
  /**
   * What loaders read, by the name under which the result tells of it: where, and how much as far as it is known. Inside a fan-out
   * of the first {@link maxItemEvents} items. Absent for nothing.
   */
  readonly loaded?: Readonly<Record<string, readonly LoadedFacts[]>>;
  /** How many planned nodes ended how, after the last attempt. The rest did not run. */
  readonly nodes: NodeCounts;
  readonly error?: DescribedError;
  /** True when the process ended the run at once, with nodes that still ran; absent otherwise. */
  readonly abandoned?: true;
}

/** Facts about a whole file; of a stream that was not read to its end only where it is. */
export type LoadedFacts = Pick<IoMetadata, 'uri' | 'format'> & Partial<IoMetadata>;

export interface NodeCounts {
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notChosen: number;
  /** How many of those that succeeded came from the cache. */
  readonly cached: number;
}

/** How many events a node gives at most for its single items, of each type. */
export const maxItemEvents = 20;

export type RunEvent =
  | RunStartedEvent
  | NodeStartedEvent
  | NodeSucceededEvent
  | NodeFailedEvent
  | NodeProgressEvent
  | ItemFailedEvent
  | NodeStoppedEvent
  | NodeNotChosenEvent
  | NodeSkippedEvent
  | RetryScheduledEvent
  | ArtifactWrittenEvent
  | LogEvent
  | RunFinishedEvent;

/** Called for each event as it happens; not waited for. What it throws or rejects with is logged and changes nothing. */
export type RunEventListener = (event: RunEvent) => unknown;
