/** Options that several commands share, and how they open a project. */
import { resolve } from 'node:path';
import type { Problem } from '@flowerpower/core';
import { findProjectRoot, FlowerPowerProject, type LoadProjectOptions } from '@flowerpower/project';
import { createLogger, textSink } from '@flowerpower/runtime';
import { renderWarning } from '../render/error.js';
import type { Terminal } from '../terminal/terminal.js';

export interface CommonOptions {
  readonly json?: boolean;
}

export interface ProjectOptions extends CommonOptions {
  readonly baseDir?: string;
  readonly env?: string;
}

/** Opens the project, lets `use` work with it, and closes it whatever happens. */
export async function withProject<T>(
  options: ProjectOptions,
  terminal: Terminal,
  use: (project: FlowerPowerProject) => Promise<T>,
  load: Pick<LoadProjectOptions, 'onEvent'> = {},
): Promise<T> {
  const root =
    options.baseDir === undefined ? findProjectRoot(terminal.cwd) : resolve(terminal.cwd, options.baseDir);
  const project = await FlowerPowerProject.load(root, {
    env: options.env,
    ...hostOf(terminal),
    ...load,
  });
  try {
    printWarnings(terminal, project.warnings);
    return await use(project);
  } finally {
    await project.close();
  }
}

/** What a project takes from the process that it is opened in. */
export function hostOf(terminal: Terminal): Pick<LoadProjectOptions, 'environment' | 'log' | 'scope'> {
  const log = createLogger({ sink: textSink((line) => terminal.err(line.trimEnd())) });
  return { environment: terminal.env, scope: terminal.scope, log };
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
