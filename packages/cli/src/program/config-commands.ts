/** `flowerpower config …` */
import { addSetOptions } from '../options/set-options.js';
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';
import { examples } from './examples.js';

export const addConfigCommands: CommandGroup = (program, terminal, does) => {
  const config = program.command('config').description('what the configuration says, and why');
  addSetOptions(withProject(config.command('show')))
    .description('print the configuration as a run would have it, with secrets as references')
    .argument('[pipeline]', 'one pipeline (default: the project itself)')
    .option('--explain', 'where each value comes from, and what it won over')
    .addHelpText(
      'after',
      examples(
        ['config show', 'the project'],
        ['config show sales --env prod', 'a pipeline in one environment'],
        ['config show sales --explain', 'each value with its file and line, variable or flag'],
      ),
    )
    .action(
      does(async (name: string | undefined, options: never) =>
        (await import('../commands/show-config.js')).showConfig(name, options, terminal),
      ),
    );
};
