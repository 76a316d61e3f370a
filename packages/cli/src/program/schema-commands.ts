/** `flowerpower schema …` */
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';
import { examples } from './examples.js';

export const addSchemaCommands: CommandGroup = (program, terminal, does) => {
  const schema = program.command('schema').description('what editors complete in the configuration files');
  withProject(schema.command('export'))
    .description('write JSON Schemas of the configuration files, with what the plugins of the project add')
    .option('--out <dir>', 'folder for them (default: .flowerpower/schema of the project)')
    .addHelpText(
      'after',
      examples(
        ['schema export', 'to .flowerpower/schema, where the files of init look'],
        ['schema export --out schemas', 'to another folder'],
      ),
    )
    .action(
      does(async (options: never) =>
        (await import('../commands/export-schema.js')).exportSchema(options, terminal),
      ),
    );
};
