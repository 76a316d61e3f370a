/**
 * Adapters watch runs from outside: they show progress, or tell another system what happens. `run.withAdapter` names them.
 * Nothing that one does while a run goes on, throws or fails to do changes the run. Before it one may refuse: `checkGraph`.
 */
import { type Graph, type NodeLog, requireArgument, withMethods } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { OptionsSchema } from '@flowerpower/io';

/** An event of a run. What else each type holds, `RunEvent` of `@flowerpower/runtime` says, which is such an event. */
export interface WatchedEvent {
  readonly v: 1;
  /** `run.started`, `node.succeeded` … Types that an adapter does not know are to be skipped. */
  readonly type: string;
  /** Counted from 1 within the run. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly ts: string;
  readonly runId: string;
  readonly pipeline: string;
}

/** A run that begins. */
export interface WatchedRun {
  readonly runId: string;
  readonly pipeline: string;
  /** The project's name; absent for a run without one. */
  readonly project?: string | undefined;
  /** The environment of the configuration. */
  readonly env?: string | undefined;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The run that this one continues. */
  readonly resumeOf?: string | undefined;
  /** Absent when the run cannot start. */
  readonly graph?: Graph | undefined;
  /** Whether values of nodes may come from a cache. */
  readonly cache: boolean;
  /** Requested outputs, without the savers. */
  readonly outputs: readonly string[];
  /** Nodes that will execute, in topological order. */
  readonly planned: readonly string[];
  /** What the run is given, as it is: it may be secret, and large. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Values that take the place of nodes, as they are. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /**
   * Parameters, inputs and configuration as texts by dotted name, for showing them elsewhere: secrets are masked, what is
   * no text, number or boolean is described, long texts are cut at 500 characters.
   */
  parameters(): Readonly<Record<string, string>>;
}

/** A run that has ended. */
export interface EndedRun {
  readonly status: 'success' | 'failure' | 'cancellation' | 'timeout';
  readonly durationMs: number;
  /** The requested outputs that there are, as they are: they may be secret, and large. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

/** What watches one run. What its functions throw or reject with is said once and counted. */
export interface RunAdapter {
  /** Called once, before the first event. */
  start?(run: WatchedRun): unknown;
  /** Called for each event as it happens; a promise is not waited for. All texts are masked. */
  onEvent(event: WatchedEvent): unknown;
  /**
   * Called once, after the last event. The run waits for its promise, but no longer than two seconds for all adapters
   * together; a synchronous run does not wait.
   *
   * @param signal - aborted when nobody waits any more.
   */
  finish?(end: EndedRun, signal: AbortSignal): unknown;
}

/** What an adapter is made with besides its options. */
export interface AdapterContext {
  /** Lines for people. They are no events, so an adapter may log in `onEvent`. */
  readonly log: NodeLog;
  /** Milliseconds since some moment, and calls that come later: the clock of the run. */
  readonly clock: {
    wallMs(): number;
    elapsedMs(): number;
    schedule(delayMs: number, callback: () => void): () => void;
  };
  /** Replaces in a text what must not be shown. */
  mask(text: string): string;
  /** Counts what could not be delivered; the run says so once, with the first reason. */
  lost(count: number, reason?: unknown): void;
  /** What adapters have lost in this process so far, by name. */
  lostSoFar(): Readonly<Record<string, number>>;
  /** Finds the filesystem of a path or URI, and the path inside of it, as for every path of the project. */
  resolve(path: string, use?: 'read' | 'write'): { readonly fs: FileSystem; readonly path: string };
}

/** What an adapter has against a graph or an input. */
export interface Finding {
  /** A sentence with the names involved. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string | undefined;
  /** The node or input that it is about. */
  readonly node?: string | undefined;
}

/**
 * Makes the adapter that `run.withAdapter` names. Made with {@link defineAdapter}.
 *
 * @typeParam Options - what the schema makes of the options.
 * @typeParam Input - the options as a user writes them.
 */
export interface AdapterFactory<Options = unknown, Input = unknown> {
  /** What the options must look like; `true` stands for no options. Without it there are none. */
  readonly options?: OptionsSchema<Options, Input> | undefined;
  /** Called once for each run. Connects and imports heavy libraries later. */
  create(options: Options, context: AdapterContext): RunAdapter;
  /**
   * Looks at the graph of a pipeline whenever it is built: by a check, and before each run. What it finds keeps the pipeline from
   * running, together with what others find (`FP_ADAPTER_REFUSAL`); so does what it throws.
   */
  checkGraph?(graph: Graph, options: Options): readonly Finding[];
  /** Looks at the inputs of a run, and of a plan, before anything runs; as `checkGraph`. They may be secret. */
  checkInputs?(inputs: Readonly<Record<string, unknown>>, graph: Graph, options: Options): readonly Finding[];
}

const aFactory = withMethods('an object with a function create', 'create');

/**
 * Declares how an adapter is made. Returns it as it is; the types of the options are inferred.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for what makes no adapter.
 *
 * @example
 * ```ts
 * import { defineAdapter, definePlugin } from '@flowerpower/plugin';
 * import * as v from 'valibot';
 *
 * export const bell = defineAdapter({
 *   options: v.strictObject({ sound: v.optional(v.string(), 'ding') }),
 *   create: ({ sound }, { log }) => ({
 *     onEvent: ({ type }) => void (type === 'run.finished' && log.info(sound)),
 *   }),
 * });
 * export default definePlugin({ name: 'bell', apiVersion: 1, adapters: { bell } });
 * ```
 */
export function defineAdapter<Options, Input = unknown>(
  factory: AdapterFactory<Options, Input>,
): AdapterFactory<Options, Input> {
  requireArgument('The factory', aFactory, factory, 'defineAdapter');
  return factory;
}
