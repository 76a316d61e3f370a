import { FlowerPowerError } from '@flowerpower/core';
import type { CliErrorCode } from '../errors/catalogue.js';
import { success } from '../errors/exit-code.js';
import { projectFlags } from '../render/project-flags.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface TypegenOptions extends ProjectOptions {
  readonly check?: boolean;
}

export function typegen(options: TypegenOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager }) => {
    const { check = false } = options;
    const written = await pipelineManager.typegen({ check });
    if (check && written.changed) throw stale(written.file, options);
    if (options.json) printJson(terminal, written);
    else if (written.changed)
      terminal.out(`Wrote the types of ${count(written.pipelines.length)} to ${written.file}`);
    else terminal.out(`${written.file} is up to date`);
    return success;
  });
}

function count(pipelines: number): string {
  return pipelines === 1 ? '1 pipeline' : `${pipelines} pipelines`;
}

function stale(file: string, options: ProjectOptions): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_STALE_TYPES';
  return new FlowerPowerError({
    code,
    message: `${file} is not what the pipelines are now.`,
    hint: `Write it anew: flowerpower typegen${projectFlags(options)}`,
    places: [{ file }],
  });
}
