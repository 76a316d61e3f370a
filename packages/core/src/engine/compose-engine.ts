/** Puts an engine together from modules and parts. */
import { type ExecutionValues, requestOf } from '../plan/execution-request.js';
import { createPlanCache } from '../plan/plan-cache.js';
import { validateGraph } from '../graph/validate-graph.js';
import { badOption } from '../errors/bad-option.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { draftGraph } from '../graph/draft-graph.js';
import { planExecution } from '../plan/plan-execution.js';
import { CallTable } from '../run/call-table.js';
import { executePlan } from '../run/execute-plan.js';
import type { Readers } from '../plan/readers.js';
import { isRefusal, refuseGivenPromise } from '../run/refuse-promise.js';
import type { BranchEngine } from '../run/branches.js';
import type { NodeLog } from '../model/functions.js';
import type { CoreErrorCode } from '../errors/catalogue.js';
import type { Plan } from '../plan/plan.js';
import type { FinishedRun } from '../run/finished-run.js';
import type { Engine, EngineExecuteOptions, GraphOptions } from './engine.js';
import type { Attachment, BuiltGraph, Part } from './part.js';

/** A part takes its own options only, and every run gives it all of them. */
export type AnyPart = Part<object, never>;

interface Composition extends GraphOptions<readonly object[]> {
  /** From the inside out. One of them explains faults. */
  readonly parts: readonly AnyPart[];
}

/** As `createEngine`, for those who know the types and bring every part. */
export function composeEngine(options: Composition): object {
  const { config = {}, modules, allowModuleOverrides = false, parts } = options;
  const checkRuns = parts.flatMap(({ checks }) => checks?.(options) ?? []);
  const first = <Key extends keyof AnyPart>(key: Key) => parts.find((part) => part[key])?.[key];
  const fanOut = first('fanOut');
  const branches = first('branches');
  const readers = first('readers');
  const explain = first('explain')!;
  const drafted = draftGraph({
    modules,
    config,
    bind: (...drafted) => parts.forEach((part) => part.bind?.(...drafted)),
    hasPart: (kind) => first(kind) !== undefined,
    resources: options.resources,
    allowModuleOverrides,
    explain,
  });
  const validated = validateGraph(drafted, config, {
    executors: parts.flatMap(({ executors }) => executors ?? []),
    findScopes: fanOut?.findScopes,
    explain,
  });
  const { graph } = validated;

  // A plan is data; how its functions are called is learnt as they are, and kept beside it.
  const cachedCalls = createPlanCache(
    (request) =>
      new CallTable(planExecution(validated, request, { planLevels: fanOut?.planLevels, readers, explain })),
  );
  const callsFor = (outputs: readonly string[], request: ExecutionValues) => {
    for (const check of checkRuns) check(outputs, request);
    return cachedCalls(requestOf(outputs, request));
  };
  const built: BuiltGraph = {
    validated,
    planFor: (outputs, request) => callsFor(outputs, request).plan,
  };
  const attached = parts.flatMap((part) => part.attach?.(built) ?? []) as readonly AnyAttachment[];
  const joins = attached.flatMap(({ join }) => join ?? []);

  const guardLog = first('guardLog') ?? ((log: NodeLog) => log);
  const log = guardLog(options.log ?? console);

  const start = (outputs: readonly string[], request: AnyExecuteOptions, isSynchronous: boolean) => {
    const calls = callsFor(outputs, request);
    const maxConcurrency = request.maxConcurrency ?? options.maxConcurrency ?? Number.POSITIVE_INFINITY;
    // With none in flight nothing would ever end.
    if (!(maxConcurrency >= 1)) throw badOption('maxConcurrency must be at least 1.');
    return executePlan(calls, {
      given: givenValues(calls.plan, request, readers, branches),
      graph,
      log: request.log ? guardLog(request.log) : log,
      maxConcurrency,
      onError: request.onError ?? 'fail',
      signal: request.signal,
      order: request.order,
      runId: request.runId,
      attempt: request.attempt ?? 1,
      isSynchronous,
      joins: joins.map((join) => (run) => join(run, request)),
      beginFanOuts: fanOut?.beginFanOuts,
      readers,
      branches,
      resources: options.resources,
    });
  };

  const engine: Engine<Record<string, unknown>, Readonly<Record<string, unknown>>> = {
    graph,
    async execute(outputs, request = {}) {
      return awaitable(outputsOf(await start(outputs, request, false))) as never;
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
  };
  return Object.assign(engine, ...attached.map(({ adds }) => adds)) as object;
}

/** The options of a run hold those of every part. */
type AnyAttachment = Attachment<object, AnyExecuteOptions>;

type AnyExecuteOptions = EngineExecuteOptions<Record<string, unknown>, Readonly<Record<string, unknown>>>;
function givenValues(
  plan: Plan,
  request: AnyExecuteOptions,
  readers: Readers | undefined,
  branches: BranchEngine | undefined,
): unknown[] {
  return plan.sources.map((source, slot) => {
    const { name } = plan.nodes[slot]!;
    const given = source === 'override' ? request.overrides : request.inputs;
    const value = source === 'config' ? plan.configValues[slot] : given?.[name];
    refuseGivenPromise(name, value);
    const refusal = plan.shared?.[slot] && readers!.refusal(plan, slot, value, branches);
    if (refusal) throw refusal;
    return value;
  });
}

/** Whoever awaits an object calls its `then`. */
function awaitable(outputs: Partial<Record<string, unknown>>): Partial<Record<string, unknown>> {
  if (typeof outputs['then'] !== 'function') return outputs;
  const code: CoreErrorCode = 'FP_THENABLE_OUTPUTS';
  throw new FlowerPowerError({
    code,
    message: "The node 'then' gave a function, which await would call.",
    hint: 'Rename the node, or use run(…).',
  });
}

function outputsOf(report: FinishedRun): Partial<Record<string, unknown>> {
  const { error } = report;
  if (error === undefined) return report.outputs;
  throw isRefusal(error) ? error.cause : error;
}
