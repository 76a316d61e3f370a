/** What the type check of a pipeline's edges found. Plain data: safe to print and serialise. */
import type { Place, Problem } from '@flowerpower/core';

export interface CheckReport {
  /** True when `start` and `problems` are empty. Edges that could not be checked do not count against it. */
  readonly ok: boolean;
  /**
   * Edges that TypeScript judged: into a TypeScript function, from another one or from outside, and into a saver of
   * `io:` that tells what it takes. 0 where compiler options are wrong, since it looks at no file then.
   */
  readonly edges: number;
  /** The number of `uncheckedEdges`. */
  readonly unchecked: number;
  /** Edges with an end whose type is not known: JavaScript modules, modifiers whose types do not tell. */
  readonly uncheckedEdges: readonly UncheckedEdge[];
  /** What else than a missing input keeps a run from starting, for example an output that does not exist. */
  readonly start: readonly Problem[];
  /** Problems of the project's own files first, then missing inputs, then edges in topological order. */
  readonly problems: readonly CheckProblem[];
  /** What may be right: inputs that can still be given when the pipeline is run, variables that may be set then. */
  readonly warnings: readonly Problem[];
  /** The names of the missing inputs, whether they are problems or warnings, in topological order. */
  readonly openInputs: readonly string[];
  /** The files that the pipeline consists of, absolute. */
  readonly files: readonly string[];
  /** The version of TypeScript that judged. */
  readonly typescript: string;
  /** The program that TypeScript judged, absolute. Gone when the project cannot be written: it was in a temporary folder. */
  readonly program: string;
}

/** An edge that TypeScript could not judge. */
export interface UncheckedEdge {
  /** The node or input that gives the value. */
  readonly from: string;
  readonly to: string;
  readonly parameter: string;
  /** A sentence without its capital and its full stop. */
  readonly reason: string;
}

export type CheckProblem = EdgeProblem | NodeProblem | SourceProblem | MissingInput;

/** A value that some function cannot do without and that nothing gives. */
export interface MissingInput extends Problem {
  readonly code: 'FP_CHECK_MISSING_INPUT';
  readonly input: string;
  /** The functions that want it, in topological order. */
  readonly wantedBy: readonly EdgeTarget[];
}

/** An edge whose two ends do not agree. */
export interface EdgeProblem extends Problem {
  readonly code: 'FP_EDGE_TYPE';
  readonly from: EdgeSource;
  readonly to: EdgeTarget;
  readonly ts: CompilerMessage;
}

/** A node that cannot be called as the graph calls it. */
export interface NodeProblem extends Problem {
  readonly code: 'FP_CHECK_NODE';
  readonly node: string;
  readonly ts: CompilerMessage;
}

/** An error in a file of the project or in its tsconfig.json. */
export interface SourceProblem extends Problem {
  readonly code: 'FP_CHECK_SOURCE';
  readonly ts: CompilerMessage;
}

/** The end of an edge that gives the value. */
export interface EdgeSource {
  /**
   * The node or input that gives the value. When two functions want incompatible types of one value from outside:
   * the other function. For a parameter bound by `params`: `params.<node>.<parameter>`.
   */
  readonly node: string;
  /** The parameter of the other function, when two functions disagree. */
  readonly parameter?: string | undefined;
  readonly place?: Place | undefined;
  /** As annotated, without `Promise`, or else as TypeScript names it. */
  readonly type?: string | undefined;
}

/** The end of an edge that takes the value. */
export interface EdgeTarget {
  readonly node: string;
  readonly parameter: string;
  readonly place?: Place | undefined;
  /** As annotated, or else as TypeScript names it. */
  readonly type?: string | undefined;
}

export interface CompilerMessage {
  /** The number after `TS`. */
  readonly code: number;
  /** The whole message, in English, one line per step of the explanation. */
  readonly message: string;
}
