/** The driver: a built graph, ready to plan and execute. */
import { readProperty } from '../errors/read-property.js';
import type { Adapter } from '../adapters/adapter.js';
import {
  type CacheEngine,
  type CacheFacts,
  cacheEngineKey,
  type DriverCache,
} from '../cache/cache-engine.js';
import type { CacheInspection } from '../cache/node-cache.js';
import type { CacheOptions } from '../cache/resolve-behaviors.js';
import { FlowerPowerError, isFlowerPowerError } from '../errors/flowerpower-error.js';
import type { Params } from '../graph/bind-params.js';
import { draftGraph } from '../graph/draft-graph.js';
import type { Graph } from '../model/graph.js';
import { validateGraph } from '../graph/validate-graph.js';
import { type ExportedExecution, exportPlan } from '../inspect/export-execution.js';
import { createInspection, type Inspection } from '../inspect/inspection.js';
import { createVersioning } from '../inspect/node-versions.js';
import type { Plan } from '../plan/plan.js';
import { createPlanCache } from '../plan/plan-cache.js';
import { planExecution } from '../plan/plan-execution.js';
import type { FinishedRun } from '../run/create-report.js';
import { executePlan } from '../run/execute-plan.js';
import type { NodeExecutors } from '../run/node-executor.js';
import type { RunReport } from '../run/run-report.js';
import type { NodeLog } from '../model/functions.js';
import type { InputsOf, NodesOf } from '../types/infer.js';

export interface DriverOptions<
  Modules extends readonly object[],
  Cache extends CacheOptionsOf<Modules> | undefined = CacheOptionsOf<Modules> | undefined,
> {
  /** Namespaces, objects of functions, or modules made by `defineModule`. */
  readonly modules: Modules;
  /**
   * Fixed when the graph is built: chooses variants; a key named like a node replaces that node; a key named
   * like an input gives it. A key that nothing uses is an error.
   */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Values, or other sources, for the parameters of single nodes. */
  readonly params?: Params;
  /**
   * A node defined in two modules is an error, unless this is true: then the later module wins. A function never
   * replaces a loader or saver, nor the other way round.
   */
  readonly allowModuleOverrides?: boolean;
  /** Default limit of promises in flight. At least 1; without it there is none. */
  readonly maxConcurrency?: number;
  /** Observers and middleware of every run. */
  readonly adapters?: readonly Adapter[];
  /** Keeps the values of nodes from one run to the next: `{ store: memoryCacheStore() }`. Without it nothing is kept. */
  readonly cache?: Cache | undefined;
  /** Where nodes run that `runOn` sends elsewhere, by name. */
  readonly executors?: NodeExecutors;
  /** Where nodes and adapters log. Default `console`. */
  readonly log?: NodeLog;
  /**
   * What nodes find as `resources` of their context, such as clients and the filesystems of `from` and `to`. No part of
   * the graph: the cache does not see them.
   */
  readonly resources?: Readonly<Record<string, unknown>>;
}

export interface ExecuteOptions<Nodes, Inputs> {
  readonly inputs?: Inputs;
  /** Values that take the place of nodes; what only they would have needed does not run. */
  readonly overrides?: Partial<Nodes>;
  /** Cancels the run: nothing new starts, running nodes are told through their context. */
  readonly signal?: AbortSignal;
  readonly maxConcurrency?: number;
  /** `fail` (default): the first failure stops the run. `continue`: everything independent of it still runs. */
  readonly onError?: 'fail' | 'continue';
  /** Default: a new UUID version 7. */
  readonly runId?: string;
  /** Which attempt of the run this is, counted from 1. */
  readonly attempt?: number;
  /** Observers and middleware of this run, inside those of the driver. */
  readonly adapters?: readonly Adapter[];
  readonly log?: NodeLog;
}

/** What would run. */
export interface PlanSummary {
  /** Nodes to execute, in topological order. */
  readonly nodes: readonly string[];
  /** Values that come from outside and are used. */
  readonly inputs: readonly string[];
  readonly overrides: readonly string[];
}

/** Names that can be asked about: nodes, and the values that come from outside. */
type KnownName<Nodes, Inputs> = (keyof Nodes | keyof Inputs) & string;

type CacheOptionsOf<Modules extends readonly object[]> = CacheOptions<
  KnownName<NodesOf<Modules>, InputsOf<Modules>>
>;

export interface Driver<Nodes extends object, Inputs, Cache = unknown>
  extends Inspection<KnownName<Nodes, Inputs>> {
  readonly graph: Graph;
  /** Tells why nodes were taken from the cache or computed, and reaches its store. Undefined without `cache`. */
  readonly cache: Cache extends undefined
    ? undefined
    : Cache extends CacheOptions<never>
      ? CacheInspection<KnownName<Nodes, Inputs>>
      : CacheInspection<KnownName<Nodes, Inputs>> | undefined;

  /**
   * Computes the outputs and nothing that they do not need. Independent asynchronous nodes run concurrently.
   *
   * @returns the outputs by name.
   * @throws (rejects) FlowerPowerError `FP_INVALID_EXECUTION` and its parts before anything ran;
   *   NodeExecutionError `FP_NODE_FAILED` for the first failure, once everything that ran has ended;
   *   `FP_RUN_CANCELLED`.
   */
  execute<const Names extends readonly (keyof Nodes & string)[]>(
    outputs: Names,
    options?: ExecuteOptions<Nodes, Inputs>,
  ): Promise<Pick<Nodes, Names[number]>>;

  /** As `execute`, without a promise. @throws `FP_NOT_SYNCHRONOUS` when a node returns a promise. */
  executeSync<const Names extends readonly (keyof Nodes & string)[]>(
    outputs: Names,
    options?: ExecuteOptions<Nodes, Inputs>,
  ): Pick<Nodes, Names[number]>;

  /** As `execute`, but tells the full story: a failing node does not reject, the report says what became of it. */
  run<const Names extends readonly (keyof Nodes & string)[]>(
    outputs: Names,
    options?: ExecuteOptions<Nodes, Inputs>,
  ): Promise<RunReport<Pick<Nodes, Names[number]>>>;

  /** As `run`, without a promise. A node that returns a promise fails with `FP_NOT_SYNCHRONOUS`. */
  runSync<const Names extends readonly (keyof Nodes & string)[]>(
    outputs: Names,
    options?: ExecuteOptions<Nodes, Inputs>,
  ): RunReport<Pick<Nodes, Names[number]>>;

  /** What `execute` would run, with the same errors for a request that cannot start. Runs nothing. */
  plan(
    outputs: readonly (keyof Nodes & string)[],
    options?: Pick<ExecuteOptions<Nodes, Inputs>, 'inputs' | 'overrides'>,
  ): PlanSummary;

  /**
   * Throws what `execute` would reject with before anything runs, and returns otherwise. Takes the options of
   * `execute`; those that matter only to a run, such as `signal`, may be given and change nothing.
   *
   * @throws FlowerPowerError `FP_INVALID_EXECUTION` with every problem, or the code of the only one:
   *   `FP_UNKNOWN_OUTPUT`, `FP_UNKNOWN_INPUT`, `FP_UNKNOWN_OVERRIDE`, `FP_MISSING_INPUT`, `FP_INPUT_IN_CONFIG`;
   *   RangeError when `maxConcurrency` is less than 1.
   *
   * @example
   * ```ts
   * import { createDriver } from '@flowerpower/core';
   *
   * const m = { double: ({ x }: { x: number }) => 2 * x };
   * const driver = createDriver({ modules: [m] });
   * driver.validateExecution(['double'], { inputs: { x: 2 } });
   * driver.validateExecution(['double']); // throws FP_MISSING_INPUT
   * ```
   */
  validateExecution(
    outputs: readonly (keyof Nodes & string)[],
    options?: ExecuteOptions<Nodes, Inputs>,
  ): void;

  /**
   * What `execute` would run and be given, as plain data sorted by name: the same request of the same code
   * gives the same JSON text. Holds no values. Throws as `plan` does; runs nothing.
   *
   * @example
   * ```ts
   * import { createDriver } from '@flowerpower/core';
   *
   * const m = { double: ({ x, y = 2 }: { x: number; y?: number }) => x * y };
   * const { nodes } = createDriver({ modules: [m] }).exportExecution(['double'], { inputs: { x: 2 } });
   * nodes.map(({ name, kind }) => `${name}: ${kind}`); // ['double: function', 'x: input']
   * nodes[0]?.dependencies; // { required: ['x'], optional: ['y'] }
   * ```
   */
  exportExecution(
    outputs: readonly (keyof Nodes & string)[],
    options?: Pick<ExecuteOptions<Nodes, Inputs>, 'inputs' | 'overrides'>,
  ): ExportedExecution;
}

/**
 * Builds the graph of some modules.
 *
 * Every exported function is a node; its inputs are other nodes, config values or inputs. Names that start
 * with `_`, classes and the default export are no nodes.
 *
 * @throws FlowerPowerError `FP_INVALID_GRAPH` with every problem found, or the code of the only one:
 *   `FP_DUPLICATE_NODE`, `FP_CYCLE`, `FP_BAD_NODE`, `FP_BAD_PARAMETERS`, `FP_RENAMED_PARAMETER`,
 *   `FP_UNKNOWN_CONFIG_KEY`, `FP_UNKNOWN_PARAM`, `FP_BAD_FAN_OUT`; `FP_BAD_CACHE_OPTION`.
 *
 * @example
 * ```ts
 * import { createDriver } from '@flowerpower/core';
 *
 * const marketing = {
 *   costPerSignup: ({ spend, signups }: { spend: number; signups: number }) => spend / signups,
 *   rating: ({ costPerSignup, limit = 10 }: { costPerSignup: number; limit?: number }) =>
 *     costPerSignup < limit ? 'good' : 'poor',
 * };
 * const driver = createDriver({ modules: [marketing] });
 * const { rating } = await driver.execute(['rating'], { inputs: { spend: 80, signups: 10 } });
 * rating; // 'good'
 * ```
 */
export function createDriver<
  const Modules extends readonly object[],
  const Cache extends CacheOptionsOf<Modules> | undefined = undefined,
>(options: DriverOptions<Modules, Cache>): Driver<NodesOf<Modules>, InputsOf<Modules>, Cache> {
  const config = options.config ?? {};
  const drafted = draftGraph({
    modules: options.modules,
    config,
    params: options.params ?? {},
    allowModuleOverrides: options.allowModuleOverrides ?? false,
  });
  const validated = validateGraph(drafted, config, Object.keys(options.executors ?? {}));
  const { graph } = validated;
  const versioning = createVersioning(validated);
  const driverCache = options.cache && createCache(options.cache, { validated, versioning });

  const cachedPlan = createPlanCache((request) => planExecution(validated, request));
  const planFor = (outputs: readonly string[], request: AnyExecuteOptions) =>
    cachedPlan({
      outputs,
      inputs: namesOf(request.inputs),
      overrides: namesOf(request.overrides),
    });

  const prepare = (outputs: readonly string[], request: AnyExecuteOptions) => {
    const maxConcurrency = request.maxConcurrency ?? options.maxConcurrency ?? Number.POSITIVE_INFINITY;
    if (!(maxConcurrency >= 1)) {
      throw new RangeError(`maxConcurrency must be at least 1, got ${maxConcurrency}.`);
    }
    return { plan: planFor(outputs, request), maxConcurrency };
  };

  const start = (outputs: readonly string[], request: AnyExecuteOptions, synchronous: boolean) => {
    const { plan, maxConcurrency } = prepare(outputs, request);
    return executePlan(plan, {
      given: givenValues(plan, request),
      graph,
      adapters: [...(options.adapters ?? []), ...(request.adapters ?? [])],
      log: request.log ?? options.log ?? console,
      maxConcurrency,
      onError: request.onError ?? 'fail',
      signal: request.signal,
      runId: request.runId,
      attempt: request.attempt ?? 1,
      synchronous,
      cache: driverCache,
      executors: options.executors,
      resources: options.resources,
    });
  };

  const driver: Driver<Record<string, unknown>, Readonly<Record<string, unknown>>> = {
    graph,
    cache: driverCache?.cache,
    ...createInspection(graph, versioning),
    async execute(outputs, request = {}) {
      return outputsOf(await start(outputs, request, false)) as never;
    },
    executeSync(outputs, request = {}) {
      return outputsOf(start(outputs, request, true) as FinishedRun) as never;
    },
    async run(outputs, request = {}) {
      return (await start(outputs, request, false)).toReport() as never;
    },
    runSync(outputs, request = {}) {
      return (start(outputs, request, true) as FinishedRun).toReport() as never;
    },
    plan(outputs, request = {}) {
      const plan = planFor(outputs, request);
      const givenBy = (source: 'input' | 'override') =>
        plan.sources.flatMap((from, slot) => (from === source ? plan.nodes[slot]!.name : []));
      return {
        nodes: plan.planned.map(({ name }) => name),
        inputs: givenBy('input'),
        overrides: givenBy('override'),
      };
    },
    validateExecution(outputs, request = {}) {
      prepare(outputs, request);
    },
    exportExecution(outputs, request = {}) {
      return exportPlan(planFor(outputs, request), versioning);
    },
  };
  return driver as never;
}

function createCache(options: CacheOptions, facts: CacheFacts): DriverCache {
  const engine = (options.store as { readonly [cacheEngineKey]?: CacheEngine } | undefined)?.[cacheEngineKey];
  if (engine !== undefined) return { engine, cache: engine.create(options, facts) };
  throw new FlowerPowerError({
    code: 'FP_BAD_CACHE_OPTION',
    message: 'cache.store is no cache store.',
    hint: 'Give memoryCacheStore(), a store of a plugin, or one made with defineCacheStore(…).',
  });
}

type AnyExecuteOptions = ExecuteOptions<Record<string, unknown>, Readonly<Record<string, unknown>>>;

/** A key whose value is undefined counts as not given, as TypeScript's optional properties read. */
function namesOf(values: Readonly<Record<string, unknown>> | undefined): string[] {
  return values === undefined ? [] : Object.keys(values).filter((name) => values[name] !== undefined);
}

function givenValues(plan: Plan, request: AnyExecuteOptions): unknown[] {
  return plan.sources.map((source, slot) => {
    const { name } = plan.nodes[slot]!;
    if (source === 'override') return request.overrides?.[name];
    return source === 'input' ? request.inputs?.[name] : plan.configValues[slot];
  });
}

function outputsOf(report: FinishedRun): Partial<Record<string, unknown>> {
  const { error } = report;
  if (error === undefined) return report.outputs;
  const { cause } = error;
  throw isFlowerPowerError(cause) && readProperty(cause, 'code') === 'FP_NOT_SYNCHRONOUS' ? cause : error;
}
