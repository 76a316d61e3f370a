import * as v from 'valibot';
import { pipelineNamePattern, pipelineNameRule } from '../names/pipeline-name.js';
import { type AdapterConfig, adapterSchema } from './adapter-config.js';
import { filledText, text, userMap } from './parts.js';
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

/** What `conf/pipelines/<name>.yml` says, every default filled in. */
export interface PipelineConfig {
  /** The `name` of the YAML file where it has one, else the name that was asked for. */
  readonly name: string;
  /** Parameter values by node. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly io: IoConfig;
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

export const pipelineSchema = v.strictObject({
  name: v.pipe(text, v.regex(pipelineNamePattern, `a pipeline name (${pipelineNameRule})`)),
  params: v.optional(userMap, {}),
  io: v.optional(ioSchema, {}),
  run: v.optional(runSchema, {}),
  adapter: v.optional(adapterSchema, {}),
});
