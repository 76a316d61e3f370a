/** What copies pipelines between projects. */
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';
import { examples } from './examples.js';

export const addTransferCommands: CommandGroup = (pipeline, terminal, does) => {
  withProject(pipeline.command('import'))
    .description('copy pipelines from another project: configuration and module of each, all or none')
    .argument('[names...]', 'which of them')
    .requiredOption('--from <dir>', 'folder of the other project, or its URI')
    .option('--all', 'every pipeline')
    .option('--overwrite', 'replace the files of pipelines of the same names')
    .addHelpText(
      'after',
      examples(
        ['pipeline import returns --from ../shop', 'one pipeline of another project'],
        ['pipeline import --all --from s3://bucket/shop', 'every pipeline of a project in a bucket'],
      ),
    )
    .action(
      does(async (names: string[], options: never) =>
        (await import('../commands/transfer-pipelines.js')).importPipelines(names, options, terminal),
      ),
    );

  withProject(pipeline.command('export'))
    .description('copy pipelines to another project: configuration and module of each, all or none')
    .argument('[names...]', 'which of them')
    .requiredOption('--to <dir>', 'folder of the other project, or its URI')
    .option('--all', 'every pipeline')
    .option('--overwrite', 'replace the files of pipelines of the same names')
    .addHelpText(
      'after',
      examples(
        ['pipeline export sales costs --to ../backup', 'two pipelines to another project'],
        ['pipeline export --all --to ../backup --overwrite', 'all, in place of what is there'],
      ),
    )
    .action(
      does(async (names: string[], options: never) =>
        (await import('../commands/transfer-pipelines.js')).exportPipelines(names, options, terminal),
      ),
    );
};
