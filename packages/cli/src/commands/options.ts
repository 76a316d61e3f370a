/** Options that several commands share, and how they open a project. */
import { resolve } from 'node:path';
import { findProjectRoot, FlowerPowerProject, type LoadProjectOptions } from '@flowerpower/project';
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
    environment: terminal.env,
    ...load,
  });
  try {
    for (const warning of project.warnings) terminal.err(renderWarning(warning, terminal));
    return await use(project);
  } finally {
    await project.close();
  }
}

/** One JSON document on standard output. */
export function printJson(terminal: Terminal, document: unknown): void {
  terminal.out(JSON.stringify(document, undefined, 2));
}
