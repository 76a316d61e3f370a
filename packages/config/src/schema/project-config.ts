import * as v from 'valibot';
import { type AdapterConfig, adapterSchema } from './adapter-config.js';
import { filledText, textList } from './parts.js';
import { type RunDefaults, runSchema } from './run-config.js';

/** What `conf/project.yml` says, every default filled in. */
export interface ProjectConfig {
  /** Default `project`. */
  readonly name: string;
  /** Folder of the hooks, relative to the project. Default `hooks`. */
  readonly hooksDir: string;
  /** Plugin packages to load, in order. */
  readonly plugins: readonly string[];
  readonly adapter: AdapterConfig;
  /** Run settings for every pipeline of the project, as given: no defaults filled in. */
  readonly run?: RunDefaults | undefined;
}

const isInside = (path: string) => !/^(?:[/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..');

/** Without `run`, whose defaults belong to the pipelines. */
export const projectOwnSchema = v.strictObject({
  name: v.optional(
    v.pipe(
      filledText,
      v.check((name) => !/\.\.|[/\\]/.test(name), 'a name without "..", "/" and "\\"'),
    ),
    'project',
  ),
  hooksDir: v.optional(
    v.pipe(filledText, v.check(isInside, 'a relative path that stays in the project')),
    'hooks',
  ),
  plugins: v.optional(textList, []),
  adapter: v.optional(adapterSchema, {}),
});

export const projectSchema = v.strictObject({ ...projectOwnSchema.entries, run: v.optional(runSchema) });
