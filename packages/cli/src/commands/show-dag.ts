import { success } from '../errors/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface ShowDagOptions extends ProjectOptions {
  readonly format: 'text' | 'mermaid' | 'dot' | 'svg';
}

export function showDag(name: string, options: ShowDagOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager }) => {
    if (options.json) {
      const { graph, outputs } = await pipelineManager.load(name);
      printJson(terminal, { pipeline: name, outputs, nodes: [...graph.nodes.values()] });
      return success;
    }
    const look = { color: terminal.colorOut, width: terminal.columns };
    terminal.out((await pipelineManager.draw(name, options.format, look)).trimEnd());
    return success;
  });
}
