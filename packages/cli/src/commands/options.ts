/** Options that several commands share, and how they open a project. */
import { FlowerPowerError, type Problem } from '@flowerpower/core';
import { localPath, workingFolder } from '@flowerpower/fs';
import {
  findProjectRoot,
  FlowerPowerProject,
  isRemote,
  type LoadProjectOptions,
  type ProjectRuns,
} from '@flowerpower/project';
import { createLogger, type LogSink, textSink } from '@flowerpower/runtime';
import type { CliErrorCode } from '../errors/catalogue.js';
import { renderWarning } from '../render/error.js';
import { readStorageOptions } from '../options/storage-options.js';
import type { Terminal } from '../terminal/terminal.js';

export interface CommonOptions {
  readonly json?: boolean;
}

export interface ProjectOptions extends CommonOptions {
  readonly baseDir?: string;
  readonly env?: string;
  /** False: `.env` is not read. */
  readonly envFile?: boolean;
  readonly allowOutside?: readonly string[];
  readonly storageOptions?: readonly string[];
}

/** Opens the project, lets `use` work with it, and closes it whatever happens. */
export async function withProject<T>(
  options: ProjectOptions,
  terminal: Terminal,
  use: (project: FlowerPowerProject) => Promise<T>,
  load: Pick<LoadProjectOptions, 'onEvent' | 'log'> = {},
): Promise<T> {
  const watching = terminal.guard.watch();
  const project = await FlowerPowerProject.load(rootOf(options), {
    ...projectSettings(options),
    ...hostOf(terminal),
    ...load,
  });
  try {
    printWarnings(terminal, project.warnings);
    // Started before, so that it costs no time.
    await watching;
    return await use(project);
  } finally {
    await project.close();
  }
}

/** The runs that are recorded of a project. */
export function withRuns<T>(
  options: ProjectOptions,
  terminal: Terminal,
  use: (runs: ProjectRuns) => Promise<T>,
): Promise<T> {
  return withProject(options, terminal, ({ runs }) => use(runs));
}

/** The folder of the project, or its URI: as it was given, or found from the working folder upwards. */
export function rootOf({ baseDir }: ProjectOptions): string {
  if (baseDir === '') throw emptyFlag('--base-dir', 'folder');
  if (baseDir === undefined) return findProjectRoot(workingFolder());
  return isRemote(baseDir) ? baseDir : localPath(baseDir, workingFolder);
}

/** What the options say about opening a project. Folders are relative to the working folder, as a shell reads them. */
export function projectSettings({
  env,
  envFile,
  allowOutside,
  storageOptions,
}: ProjectOptions): Pick<LoadProjectOptions, 'env' | 'envFile' | 'allowOutside' | 'storageOptions'> {
  if (env === '') throw emptyFlag('--env', 'environment');
  if (allowOutside?.includes('') === true) throw emptyFlag('--allow-outside', 'folder');
  return {
    env,
    envFile,
    allowOutside: allowOutside?.map((folder) => localPath(folder, workingFolder)),
    storageOptions: readStorageOptions(storageOptions),
  };
}

function emptyFlag(flag: string, what: string): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_USAGE';
  return new FlowerPowerError({
    code,
    message: `${flag} names no ${what}.`,
    hint: 'Name one, or leave the flag out. Is a variable of the shell empty?',
  });
}

/** What a project takes from the process that it is opened in. */
export function hostOf(
  terminal: Terminal,
): Pick<LoadProjectOptions, 'environment' | 'log' | 'scope' | 'aroundImport' | 'onMask'> {
  return {
    environment: terminal.env,
    scope: terminal.scope,
    async aroundImport(file, load) {
      const exports = await terminal.importScope.run(file, load);
      // Node reports rejections that nobody handles when all that is ready has run: that belongs to the import too.
      await new Promise((resolve) => setImmediate(resolve));
      return exports;
    },
    log: createLogger({ sink: logSink(terminal) }),
    onMask: terminal.hide,
  };
}

/** Writes log lines as people read them. */
export function logSink(terminal: Terminal): LogSink {
  return textSink((line) => terminal.err(line.trimEnd()));
}

/** Prints warnings, each message once. */
export function printWarnings(
  terminal: Terminal,
  warnings: readonly Problem[],
  printed: readonly Problem[] = [],
): void {
  for (const warning of warnings) {
    if (!printed.some(({ message }) => message === warning.message))
      terminal.err(renderWarning(warning, terminal));
  }
}

/** One JSON document on standard output. */
export function printJson(terminal: Terminal, document: unknown): void {
  terminal.document(JSON.stringify(document, undefined, 2));
}
