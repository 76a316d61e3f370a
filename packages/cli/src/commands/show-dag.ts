import { success } from '../errors/exit-code.js';
import { keepColors } from '../terminal/styles.js';
import type { Terminal } from '../terminal/terminal.js';
import { printJson, type ProjectOptions, withProject } from './options.js';

export interface ShowDagOptions extends ProjectOptions {
  readonly format: 'text' | 'mermaid' | 'dot' | 'svg';
}

export function showDag(name: string, options: ShowDagOptions, terminal: Terminal): Promise<number> {
  return withProject(options, terminal, async ({ pipelineManager }) => {
    if (options.json) {
      const { graph, outputs } = await terminal.guard.load(name, () => pipelineManager.load(name));
      printJson(terminal, { pipeline: name, outputs, nodes: [...graph.nodes.values()] });
      return success;
    }
    const { format } = options;
    const look = { color: format === 'text', width: terminal.columns };
    const drawing = (
      await terminal.guard.load(name, () => pipelineManager.draw(name, format, look))
    ).trimEnd();
    if (format === 'text') terminal.out(drawing.split('\n').map(keepColors));
    else terminal.document(drawing);
    return success;
  });
}
