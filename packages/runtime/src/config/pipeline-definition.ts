import type { Place } from '@flowerpower/core';
import type { RunHooks } from './run-hooks.js';
import type { RunConfig } from './run-config.js';

/** One loader or saver as configured: its type and, beside it, its options. */
export interface IoEntry {
  readonly type: string;
  /** Of a loader: the exported Standard Schema that checks what is loaded, or `file#export`. No option of the loader. */
  readonly schema?: unknown;
  /** Of the filesystem of its `path`, merged over those of the runner for the scheme. No option of the loader or saver. */
  readonly storageOptions?: unknown;
  readonly [option: string]: unknown;
}

/** Options of adapters, by name. */
export type AdapterSettings = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** A pipeline that another one uses. */
export interface PipelinePart {
  readonly definition: PipelineDefinition;
  /** The names of nodes of the pipeline that uses it, each with the node here whose value it is. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Values for inputs here; `{ $source: x }` is the node `x` of the pipeline that uses it. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Everything the runner needs to know of a pipeline. */
export interface PipelineDefinition {
  readonly name: string;
  /** Made by `defineModule`, or plain namespaces. Where two define the same node, `run.allowModuleOverrides` decides. */
  readonly modules: readonly object[];
  /** The modules of the files that `io.load.x.schema` names, by file as it is written there. Default none. */
  readonly schemaModules?: Readonly<Record<string, object>> | undefined;
  /**
   * A map binds parameters of the node of its name, with `{ $source: other }` to take the value of another node;
   * any other value, and a map whose name is an input, is an input.
   */
  readonly params: Readonly<Record<string, unknown>>;
  readonly io: {
    /** `load.x` makes a node `x` that the loader computes. */
    readonly load: Readonly<Record<string, IoEntry>>;
    /** `save.x` makes a node `save.x` that saves the value of `x` and gives the metadata. */
    readonly save: Readonly<Record<string, IoEntry>>;
  };
  /** Other pipelines that this one takes values from, each by the name that its nodes have in front of theirs. */
  readonly parts?: Readonly<Record<string, PipelinePart>> | undefined;
  readonly run: RunConfig;
  /** Options of adapters by name, below those of `run.withAdapter`. They switch nothing on. */
  readonly adapter?: AdapterSettings | undefined;
  /** Called around each run. Default none. */
  readonly hooks?: RunHooks | undefined;
  /** Where a value is written, by its keys, for problems: `['io', 'load', 'sales', 'path']`. */
  readonly placeOf?: ((keys: readonly string[]) => Place | undefined) | undefined;
  /** The variable or flag that gives a value which no file gives: `FP_PIPELINE__PARAMS__x`, `--set params.x`. */
  readonly giverOf?: ((keys: readonly string[]) => string | undefined) | undefined;
  /**
   * True for keys at or below which a text stands in for a value that is not known yet. Such a pipeline can be looked
   * at, and options of `io` that hold such a text are not judged. Default never.
   */
  readonly isUnset?: ((keys: readonly string[]) => boolean) | undefined;
  /** What the caller set above files and variables: kept for a run that resumes this one. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Replaces in a text what must not be shown. What log records and events say passes through it. Default: nothing. */
  readonly mask?: ((text: string) => string) | undefined;
}
