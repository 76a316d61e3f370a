/** What an engine is given, and what it does: the part of a driver that is there whatever it is composed of. */
import type { NodeLog } from '../model/functions.js';
import type { Graph } from '../model/graph.js';
import type { StartOrder } from '../run/run-options.js';
import type { RunReport } from '../run/run-report.js';

export interface GraphOptions<Modules extends readonly object[]> {
  /** Namespaces, objects of functions, or modules made by `defineModule`. */
  readonly modules: Modules;
  /**
   * Fixed when the graph is built: chooses variants; a key named like a node replaces that node; a key named
   * like an input gives it. A key that nothing uses is an error.
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /**
   * A node defined in two modules is an error, unless this is true: then the later module wins. A function never
   * replaces a loader or saver, nor the other way round.
   */
  readonly allowModuleOverrides?: boolean;
  /** Default limit of promises in flight. At least 1; without it there is none. */
  readonly maxConcurrency?: number;
  /** Where nodes and adapters log. Default `console`. */
  readonly log?: NodeLog;
  /**
   * What nodes find as `resources` of their context, such as clients and the filesystems of `from` and `to`. Those that can
   * be compared are part of the keys of the cache; what else reads them is not cached.
   */
  readonly resources?: Readonly<Record<string, unknown>>;
}

export interface EngineExecuteOptions<Nodes, Inputs> {
  readonly inputs?: Inputs;
  /** Values that take the place of nodes, also `undefined`; what only they would have needed does not run. */
  readonly overrides?: Partial<Nodes>;
  /** Cancels the run: nothing new starts, running nodes are told through their context. */
  readonly signal?: AbortSignal;
  readonly maxConcurrency?: number;
  /** Which of the nodes that are ready starts next where `maxConcurrency` holds them back. Default: as they became ready. */
  readonly order?: StartOrder;
  /** `fail` (default): the first failure stops the run. `continue`: everything independent of it still runs. */
  readonly onError?: 'fail' | 'continue';
  /** Default: a new UUID version 7. */
  readonly runId?: string;
  /** Which attempt of the run this is, counted from 1. */
  readonly attempt?: number;
  readonly log?: NodeLog;
}

/** What is asked for. Of a list whose length is not known to the compiler any name may be missing. */
type OutputsOf<Nodes, Names extends readonly (keyof Nodes)[]> = number extends Names['length']
  ? Partial<Pick<Nodes, Names[number]>>
  : Pick<Nodes, Names[number]>;

/** @typeParam Options - what a run may be given more, as the parts say. */
export interface Engine<Nodes extends object, Inputs, Options = unknown> {
  readonly graph: Graph;

  /**
   * Computes the outputs and nothing that they do not need. Independent asynchronous nodes run concurrently.
   *
   * @returns the outputs by name; of a list that is no tuple, such as `Name[]`, each may be `undefined` to the compiler.
   * @throws (rejects) FlowerPowerError `FP_INVALID_EXECUTION` and its parts, before anything ran, or `FP_BAD_OPTION`
   *   for options that types would have refused, where there is a part that checks them, as in a driver;
   *   NodeExecutionError `FP_NODE_FAILED` for the first failure, once everything that ran has ended;
   *   `FP_RUN_CANCELLED`; `FP_THENABLE_OUTPUTS` when a node named `then` gave a function, which `await` would call.
   */
  execute<const Names extends readonly (keyof Nodes & string)[]>(
    outputs: Names,
    options?: EngineExecuteOptions<Nodes, Inputs> & Options,
  ): Promise<OutputsOf<Nodes, Names>>;

  /** As `execute`, without a promise. @throws `FP_NOT_SYNCHRONOUS` when a node returns a promise. */
  executeSync<const Names extends readonly (keyof Nodes & string)[]>(
    outputs: Names,
    options?: EngineExecuteOptions<Nodes, Inputs> & Options,
  ): OutputsOf<Nodes, Names>;

  /** As `execute`, but tells the full story: a failing node does not reject, the report says what became of it. */
  run<const Names extends readonly (keyof Nodes & string)[]>(
    outputs: Names,
    options?: EngineExecuteOptions<Nodes, Inputs> & Options,
  ): Promise<RunReport<OutputsOf<Nodes, Names>>>;

  /** As `run`, without a promise. A node that returns a promise fails with `FP_NOT_SYNCHRONOUS`. */
  runSync<const Names extends readonly (keyof Nodes & string)[]>(
    outputs: Names,
    options?: EngineExecuteOptions<Nodes, Inputs> & Options,
  ): RunReport<OutputsOf<Nodes, Names>>;
}
