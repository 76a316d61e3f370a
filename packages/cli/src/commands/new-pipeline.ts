import { success } from '../errors/exit-code.js';
import { projectFlags } from '../render/project-flags.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface NewPipelineOptions extends ProjectOptions {
  readonly overwrite?: boolean;
}

export function newPipeline(name: string, options: NewPipelineOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async (project) => {
    const made = await project.pipelineManager.create(name, { overwrite: options.overwrite });
    // The first line of its file names them.
    await terminal.guard.load(name, () => project.exportSchemas({ pipelines: [made.name] }));
    if (options.json) {
      printJson(terminal, made);
      return success;
    }
    terminal.out(`Created the pipeline '${made.name}'`);
    for (const file of made.written) terminal.out(`  ${file}`);
    // After `--` nothing is read as a flag.
    const flags = projectFlags(options);
    const named = made.name.startsWith('-') ? `${flags} -- ${made.name}` : ` ${made.name}${flags}`;
    terminal.err(['', 'Next:', `  npx flowerpower pipeline run${named}`]);
    return success;
  });
}
