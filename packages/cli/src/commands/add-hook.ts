import type { HookType } from '@flowerpower/project';
import { success } from '../errors/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface AddHookOptions extends ProjectOptions {
  readonly type: HookType;
  readonly function?: string;
  readonly to?: string;
}

export function addHook(pipeline: string, options: AddHookOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager }) => {
    const { type, function: functionName, to } = options;
    const added = await pipelineManager.addHook(pipeline, { type, functionName, to });
    if (options.json) {
      printJson(terminal, added);
      return success;
    }
    terminal.out(`Added the hook '${added.name}' to ${added.file}`);
    if (added.setting !== undefined)
      terminal.err([
        '',
        `It is called where the configuration of '${added.pipeline}' names it:`,
        `  ${added.setting}`,
      ]);
    return success;
  });
}
