import * as v from 'valibot';
import { projectNamePattern, projectNameRule } from '../names/project-name.js';
import { type AdapterConfig, adapterSchema } from './adapter-config.js';
import { aboveZero, filledText, text, textList, userMap, wholeAtLeast } from './parts.js';
import { type RunDefaults, runSchema } from './run-config.js';

/** What `conf/project.yml` says, every default filled in. */
export interface ProjectConfig {
  /** Default `project`. */
  readonly name: string;
  /** Folder of the hooks, relative to the project. Default `hooks`. Whether it may be used is judged as for every path. */
  readonly hooksDir: string;
  /**
   * Folders outside of the project that may be read and written, with everything below them: relative to the project,
   * or absolute. Default none. Whether they are folders is for whoever opens the project to judge.
   */
  readonly allowOutside: readonly string[];
  /** Plugin packages to load, in order. */
  readonly plugins: readonly string[];
  /** Options of filesystems by URI scheme, as the plugin that brings the scheme takes them. Default none. */
  readonly storageOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Locations that nodes reach by name: a folder of the project, an allowed one, or a URI. Default none. */
  readonly fileSystems: Readonly<Record<string, NamedFileSystem>>;
  /** The records of runs. */
  readonly runs: RunsConfig;
  readonly adapter: AdapterConfig;
  /** Run settings for every pipeline of the project, as given: no defaults filled in. */
  readonly run?: RunDefaults | undefined;
}

interface RunsConfig {
  /** A folder of this machine: relative to the project, or absolute. Default `.flowerpower/runs`. */
  readonly dir?: string | undefined;
  /** How many runs of each pipeline are kept, the newest ones; at least 1. Default 200. */
  readonly keep: number;
  /** Seconds after which a record goes, above 0. Default: no limit. */
  readonly maxAge?: number | undefined;
}

interface NamedFileSystem {
  readonly path: string;
  /** Over those of the scheme. */
  readonly storageOptions?: Readonly<Record<string, unknown>> | undefined;
}

/** A text alone is the path. */
export const namedFileSystemSchema = v.strictObject({
  path: filledText,
  storageOptions: v.optional(userMap),
});

/** Without `run`, whose defaults belong to the pipelines. */
export const projectOwnSchema = v.strictObject({
  name: v.optional(v.pipe(text, v.regex(projectNamePattern, `a name (${projectNameRule})`)), 'project'),
  hooksDir: v.optional(filledText, 'hooks'),
  allowOutside: v.optional(textList, []),
  plugins: v.optional(textList, []),
  storageOptions: v.optional(v.record(text, userMap, 'a map'), {}),
  fileSystems: v.optional(v.record(text, namedFileSystemSchema, 'a map'), {}),
  runs: v.optional(
    v.strictObject({
      dir: v.optional(filledText),
      keep: v.optional(wholeAtLeast(1), 200),
      maxAge: v.optional(aboveZero),
    }),
    {},
  ),
  adapter: v.optional(adapterSchema, {}),
});

export const projectSchema = v.strictObject({ ...projectOwnSchema.entries, run: v.optional(runSchema) });
