/**
 * A part of an engine: something it can do that plain functions do not need. Parts know the engine; the engine
 * knows of each part what it registers here, and nothing else.
 */
import type { Explain } from '../errors/fault.js';
import type { OptionRules } from '../errors/option-rules.js';
import type { GraphFault } from '../graph/graph-fault.js';
import type { RequestFault } from '../plan/request-fault.js';
import type { BindNodes } from '../graph/draft-graph.js';
import type { FindScopes } from '../graph/scopes.js';
import type { NodeLog } from '../model/functions.js';
import type { ValidatedGraph } from '../graph/validate-graph.js';
import type { PlanLevels } from '../plan/level-request.js';
import type { Plan } from '../plan/plan.js';
import type { Readers } from '../plan/readers.js';
import type { ExecutionValues } from '../plan/execution-request.js';
import type { BranchEngine } from '../run/branches.js';
import type { BeginFanOuts } from '../run/fan-outs.js';
import type { BegunRun, RunPart } from '../run/run-part.js';

/**
 * @typeParam Adds - what the driver has more.
 * @typeParam Options - what a run may be given more.
 */
export interface Part<Adds extends object = object, Options extends object = object> {
  /** Changes the nodes before they are checked. */
  readonly bind?: BindNodes | undefined;
  /** Names that nodes may run on. */
  readonly executors?: readonly string[] | undefined;
  readonly fanOut?: FanOutEngine | undefined;
  readonly branches?: BranchEngine | undefined;
  /** Looks at the values that several nodes read. */
  readonly readers?: Readers | undefined;
  /** Says of each fault of a graph, or of a request, what there is to say. */
  readonly explain?: Explain<GraphFault | RequestFault> | undefined;
  /** What a run may be given for this part, and what that must be. */
  readonly runOptions?: OptionRules | undefined;
  /** Called first, with the options of the engine; refuses them by what it throws, and gives what looks at each run. */
  readonly checks?: ((options: CheckedOptions) => CheckRun) | undefined;
  /** Makes of a log that was given one that never throws. */
  readonly guardLog?: ((log: NodeLog) => NodeLog) | undefined;
  /** Called once, with the graph of the engine. */
  readonly attach?: ((built: BuiltGraph) => Attachment<Adds, Options>) | undefined;
}

/** As they were given, with the parts that there are. */
export interface CheckedOptions {
  readonly parts: readonly Pick<Part, 'runOptions'>[];
}

/** Refuses what a run is asked for, by what it throws. */
export type CheckRun = (outputs: unknown, options: unknown) => void;

/** All that fan-outs need, on each floor. */
interface FanOutEngine {
  readonly findScopes: FindScopes;
  readonly planLevels: PlanLevels;
  readonly beginFanOuts: BeginFanOuts;
}

export interface BuiltGraph {
  readonly validated: ValidatedGraph;
  /** @throws what `plan` of the engine throws. */
  planFor(outputs: readonly string[], request: ExecutionValues): Plan;
}

export interface Attachment<Adds extends object = object, Options extends object = object> {
  /** Becomes part of the driver. */
  readonly adds?: Adds | undefined;
  /** Takes part in a run, around the parts before it. Undefined when there is nothing to do. */
  join?(run: BegunRun, options: Options): RunPart | undefined;
}
