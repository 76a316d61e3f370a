/** What draws the graph of a pipeline. */
import { Option } from 'commander';
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';

export const addDrawCommands: CommandGroup = (pipeline, terminal, does) => {
  withProject(pipeline.command('show-dag'))
    .description('draw the graph of a pipeline in the terminal, or print it as text')
    .argument('<name>')
    .addOption(
      new Option('-f, --format <format>', 'what to print')
        .choices(['text', 'mermaid', 'dot', 'svg'])
        .default('text'),
    )
    .action(
      does(async (name: string, options: never) =>
        (await import('../commands/show-dag.js')).showDag(name, options, terminal),
      ),
    );

  withProject(pipeline.command('save-dag'))
    .description('draw the graph of a pipeline into a file')
    .argument('<name>')
    .addOption(
      new Option('-f, --format <format>', 'default: from the ending of --output-path, else svg').choices([
        'svg',
        'png',
        'mermaid',
        'dot',
      ]),
    )
    .option('-p, --output-path <file>', 'default: <name>.<format> in the working folder')
    .action(
      does(async (name: string, options: never) =>
        (await import('../commands/save-dag.js')).saveDag(name, options, terminal),
      ),
    );
};
