import { success } from '../errors/exit-code.js';
import { toYaml } from '../render/to-yaml.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface ShowPipelinesOptions extends ProjectOptions {
  readonly format?: 'table' | 'json' | 'yaml';
}

export function showPipelines(options: ShowPipelinesOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager }) => {
    const pipelines = await pipelineManager.list();
    if (options.json || options.format === 'json') {
      printJson(terminal, { pipelines });
      return success;
    }
    if (options.format === 'yaml') {
      terminal.document(toYaml({ pipelines }).trimEnd());
      return success;
    }
    const width = Math.max(0, ...pipelines.map(({ name }) => name.length));
    for (const { name, file, configured } of pipelines) {
      terminal.out(
        `${name.padEnd(width)}  ${file}${configured ? '' : ' (no configuration; runs with the defaults)'}`,
      );
    }
    if (pipelines.length === 0) terminal.err('No pipelines yet. Add one: flowerpower pipeline new <name>');
    return success;
  });
}
