import { success } from '../errors/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface DeleteOptions extends ProjectOptions {
  readonly module?: boolean;
}

export function deletePipeline(name: string, options: DeleteOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager }) => {
    const done = await pipelineManager.delete(name, { module: options.module, signal: terminal.signal });
    if (options.json) {
      printJson(terminal, done);
      return success;
    }
    terminal.out(`Deleted the pipeline '${done.name}'`);
    for (const file of done.deleted) terminal.out(`  ${file}`);
    for (const file of done.kept) terminal.err(`kept ${file}; --module deletes it, too`);
    return success;
  });
}
