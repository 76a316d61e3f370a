import { type OptionValues, schemaOf } from './run-option.js';
import { runOptions } from './run-options.js';

/** What `run:` says, every default filled in. */
export interface RunConfig extends OptionValues<typeof runOptions> {}

/** Run settings of a project: only what is given, as defaults for each of its pipelines. */
export type RunDefaults = {
  readonly [Key in keyof RunConfig]?: Key extends 'executor' | 'retry' | 'cache'
    ? Partial<RunConfig[Key]>
    : RunConfig[Key];
};

export const runSchema = schemaOf(runOptions);
