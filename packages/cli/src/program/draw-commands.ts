/** What draws the graph of a pipeline. */
import { Option } from 'commander';
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';
import { examples } from './examples.js';

export const addDrawCommands: CommandGroup = (pipeline, terminal, does) => {
  withProject(pipeline.command('show-dag'))
    .description('draw the graph of a pipeline in the terminal, or print it as text')
    .argument('<name>')
    .addOption(
      new Option('-f, --format <format>', 'what to print')
        .choices(['text', 'mermaid', 'dot', 'svg'])
        .default('text'),
    )
    .addHelpText(
      'after',
      examples(
        ['pipeline show-dag sales', 'draw it here'],
        ['pipeline show-dag sales --format mermaid', 'as text for a page'],
      ),
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
        'pdf',
        'mermaid',
        'dot',
        'json',
      ]),
    )
    .option('-p, --output-path <file>', 'default: <name>.<format> in the working folder')
    .addHelpText(
      'after',
      examples(
        ['pipeline save-dag sales', 'sales.svg in the working folder'],
        ['pipeline save-dag sales --output-path docs/sales.png', 'a picture of another kind'],
      ),
    )
    .action(
      does(async (name: string, options: never) =>
        (await import('../commands/save-dag.js')).saveDag(name, options, terminal),
      ),
    );
};
