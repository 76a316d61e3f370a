import { localPath, workingFolder } from '@flowerpower/fs';
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
    const { files, open } = await project.exportSchemas(
      out === undefined ? undefined : localPath(out, workingFolder),
    );
    if (options.json) {
      printJson(terminal, { files, open });
      return success;
    }
    for (const file of files) terminal.out(showPath(file, terminal.cwd));
    for (const what of open) terminal.err(`An editor cannot be told of ${what}: anything is accepted there.`);
    return success;
  });
}
