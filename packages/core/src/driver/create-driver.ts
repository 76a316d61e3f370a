/** The driver: a built graph, ready to plan and execute, with every part that most users want. */
import { branchPart } from '../branch/branch-part.js';
import { fanOutPart } from '../fan-out/fan-out-part.js';
import { checkDriverOptions } from './check-options.js';
import { guardedLogPart } from '../engine/guarded-log-part.js';
import type { Adapter } from '../adapters/adapter.js';
import { type AdapterOptions, adaptersPart } from '../adapters/adapters-part.js';
import { cachePart } from '../cache/cache-part.js';
import type { CacheInspection } from '../cache/node-cache.js';
import type { CacheOptions } from '../cache/resolve-behaviors.js';
import { composeEngine } from '../engine/compose-engine.js';
import type { Engine, EngineExecuteOptions, GraphOptions } from '../engine/engine.js';
import { executorsPart } from '../engine/executors-part.js';
import type { NodeExecutors } from '../engine/node-executor.js';
import { type Params, paramsPart } from '../engine/params-part.js';
import { explanationsPart } from '../explanations/explanations-part.js';
import { checkedRuns } from '../engine/option-checks-part.js';
import type { ExportedExecution } from '../inspect/export-execution.js';
import type { Inspection } from '../inspect/inspection.js';
import { inspectionPart } from '../inspect/inspection-part.js';
import { readOncePart } from '../read-once/read-once-part.js';
import type { PlanSummary } from '../inspect/plan-summary.js';
import type { InputsOf, NodesOf } from '../types/infer.js';

export interface DriverOptions<
  Modules extends readonly object[],
  Cache extends CacheOptionsOf<Modules> | undefined = CacheOptionsOf<Modules> | undefined,
> extends GraphOptions<Modules> {
  /** Values, or other sources, for the parameters of single nodes. */
  readonly params?: Params;
  /** Observers and middleware of every run. */
  readonly adapters?: readonly Adapter[];
  /** Keeps the values of nodes from one run to the next: `{ store: memoryCacheStore() }`. Without it nothing is kept. */
  readonly cache?: Cache | undefined;
  /** Where nodes run that `runOn` sends elsewhere, by name. */
  readonly executors?: NodeExecutors;
}

/** What one run is given. */
export interface ExecuteOptions<Nodes, Inputs> extends EngineExecuteOptions<Nodes, Inputs>, AdapterOptions {}

/** Names that can be asked about: nodes, and the values that come from outside. */
type KnownName<Nodes, Inputs> = (keyof Nodes | keyof Inputs) & string;

type CacheOptionsOf<Modules extends readonly object[]> = CacheOptions<
  KnownName<NodesOf<Modules>, InputsOf<Modules>>
>;

export interface Driver<Nodes extends object, Inputs, Cache = unknown>
  extends Engine<Nodes, Inputs, AdapterOptions>,
    Inspection<KnownName<Nodes, Inputs>> {
  /** Tells why nodes were taken from the cache or computed, and reaches its store. Undefined without `cache`. */
  readonly cache: Cache extends undefined
    ? undefined
    : Cache extends Pick<CacheOptions, 'store'>
      ? CacheInspection<KnownName<Nodes, Inputs>>
      : CacheInspection<KnownName<Nodes, Inputs>> | undefined;

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
   *   `FP_BAD_OPTION` for options that types would have refused.
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
 * with `_`, classes and the default export are not nodes.
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
  checkDriverOptions(options);
  const { params = {}, executors, cache, adapters, ...graphOptions } = options;
  // From the inside out: what an adapter sees is what came from the cache or an executor.
  const parts = [
    fanOutPart(),
    branchPart(),
    paramsPart(params),
    readOncePart(),
    explanationsPart(),
    executors && executorsPart(executors),
    cache && cachePart(cache),
    adaptersPart(adapters),
    inspectionPart(),
    { checks: checkedRuns },
    guardedLogPart(),
  ].filter((part) => !!part);
  // The names of the modules, and whether there is a cache, are known to the signature only.
  return composeEngine({ ...graphOptions, parts }) as never;
}
