import * as v from 'valibot';
import { pipelineNamePattern, pipelineNameRule } from '../names/pipeline-name.js';
import { type AdapterConfig, adapterSchema } from './adapter-config.js';
import { filledText, text, textList, userMap } from './parts.js';
import { type RunConfig, runSchema } from './run-config.js';

/** A loader or saver by name, with its options beside `type`, untouched. */
export interface IoBinding {
  readonly type: string;
  /** Options of the filesystem of its `path`, over those that the project has for the scheme. */
  readonly storageOptions?: Readonly<Record<string, unknown>> | undefined;
  readonly [option: string]: unknown;
}

export interface IoConfig {
  /** Loaders by the node they give a value to. */
  readonly load: Readonly<Record<string, IoBinding>>;
  /** Savers by the node whose value they write. */
  readonly save: Readonly<Record<string, IoBinding>>;
}

/** Another pipeline of the project whose values this one takes. */
interface PartConfig {
  /** Its name. */
  readonly use: string;
  /** Nodes of it that are nodes of this one, too. Default: what a run of it computes. */
  readonly outputs: readonly string[];
  /** Other names for them here. */
  readonly as: Readonly<Record<string, string>>;
  /** Values for its inputs; `{ $source: node }` is a node of this pipeline. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What `conf/pipelines/<name>.yml` says, every default filled in. */
export interface PipelineConfig {
  /** The `name` of the YAML file where it has one, else the name that was asked for. */
  readonly name: string;
  /** Parameter values by node. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly io: IoConfig;
  /** Pipelines that this one uses, each by the name that its nodes have in front of theirs. */
  readonly pipelines: Readonly<Record<string, PartConfig>>;
  readonly run: RunConfig;
  readonly adapter: AdapterConfig;
}

const bindings = v.record(
  text,
  v.looseObject({ type: filledText, storageOptions: v.optional(userMap) }, 'a map'),
  'a map',
);

const ioSchema = v.strictObject({
  load: v.optional(bindings, {}),
  save: v.optional(bindings, {}),
});

const partSchema = v.strictObject(
  {
    use: filledText,
    outputs: v.optional(textList, []),
    as: v.optional(v.record(text, filledText, 'a map of names'), {}),
    inputs: v.optional(userMap, {}),
  },
  'a map',
);

export const pipelineSchema = v.strictObject({
  name: v.pipe(text, v.regex(pipelineNamePattern, `a pipeline name (${pipelineNameRule})`)),
  params: v.optional(userMap, {}),
  io: v.optional(ioSchema, {}),
  pipelines: v.optional(v.record(text, partSchema, 'a map'), {}),
  run: v.optional(runSchema, {}),
  adapter: v.optional(adapterSchema, {}),
});
