import { localPath, workingFolder } from '@flowerpower/fs';
import { maskStrings } from '@flowerpower/runtime';
import { brief } from '../render/brief.js';
import { success } from '../errors/exit-code.js';
import { showPath } from '../render/show-path.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface ExportSchemaOptions extends ProjectOptions {
  readonly out?: string;
}

export function exportSchema(options: ExportSchemaOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async (project) => {
    const { out } = options;
    const dir = out === undefined ? undefined : localPath(out, workingFolder);
    const { files, open, skipped } = await terminal.guard.load('schema export', () =>
      project.exportSchemas({ dir }),
    );
    if (options.json) {
      printJson(terminal, { files, open, skipped: maskStrings(skipped, terminal.mask) });
      return success;
    }
    for (const file of files) terminal.out(showPath(file, terminal.cwd));
    for (const what of open) terminal.err(`An editor cannot be told of ${what}: anything is accepted there.`);
    for (const { pipeline, problem } of skipped)
      terminal.err(
        `The pipeline '${pipeline}' has no schema of its own, for it cannot be loaded: ${brief(problem.message.split('\n', 1)[0]!)}`,
      );
    return success;
  });
}
