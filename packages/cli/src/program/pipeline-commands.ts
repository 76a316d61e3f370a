/** `flowerpower pipeline …` */
import { Option } from 'commander';
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';
import { examples } from './examples.js';
import { addDrawCommands } from './draw-commands.js';
import { addRunCommands } from './run-commands.js';
import { addTransferCommands } from './transfer-commands.js';

export const addPipelineCommands: CommandGroup = (program, terminal, does) => {
  const pipeline = program.command('pipeline').description('create, run and draw pipelines');

  withProject(pipeline.command('new'))
    .description('add a pipeline that runs as it is')
    .argument('<name>', 'letters, digits, dot, dash and underscore; dots make folders')
    .option('--overwrite', 'replace the files of a pipeline of that name')
    .addHelpText(
      'after',
      examples(
        ['pipeline new orders', 'pipelines/orders.ts and conf/pipelines/orders.yml'],
        ['pipeline new reports.daily', 'in a folder: pipelines/reports/daily.ts'],
      ),
    )
    .action(
      does(async (name: string, options: never) =>
        (await import('../commands/new-pipeline.js')).newPipeline(name, options, terminal),
      ),
    );

  addRunCommands(pipeline, terminal, does);

  withProject(pipeline.command('delete'))
    .description('delete the configuration of a pipeline')
    .argument('<name>')
    .option('-m, --module', 'delete its module, too')
    .addOption(new Option('-c, --cfg', 'its configuration, which is always deleted').hideHelp())
    .addHelpText(
      'after',
      examples(
        ['pipeline delete sales', 'its configuration'],
        ['pipeline delete sales --module', 'its module, too'],
      ),
    )
    .action(
      does(async (name: string, options: never) =>
        (await import('../commands/delete-pipeline.js')).deletePipeline(name, options, terminal),
      ),
    );

  addTransferCommands(pipeline, terminal, does);

  addDrawCommands(pipeline, terminal, does);

  withProject(pipeline.command('add-hook'))
    .description('add a function that is called around the runs of a pipeline')
    .argument('<name>', 'the pipeline')
    .addOption(
      new Option('--type <type>', 'when it is called')
        .choices(['build-config', 'before-run', 'after-run', 'on-success', 'on-failure', 'mqtt-build-config'])
        .makeOptionMandatory(),
    )
    .option('-f, --function <name>', 'of on-success and on-failure: a name that the configuration names')
    .option('--to <file>', "file in the pipeline's folder of hooks (default: hook.ts)")
    .addHelpText(
      'after',
      examples(
        ['pipeline add-hook sales --type before-run', 'a guard in hooks/sales/hook.ts'],
        ['pipeline add-hook sales --type on-failure -f alarm', 'for run.onFailure: alarm'],
      ),
    )
    .action(
      does(async (name: string, options: never) =>
        (await import('../commands/add-hook.js')).addHook(name, options, terminal),
      ),
    );

  withProject(pipeline.command('show-pipelines'))
    .alias('ls')
    .description('list the pipelines of the project')
    .addOption(formatOption())
    .addHelpText(
      'after',
      examples(['pipeline show-pipelines', 'names and files'], ['pipeline ls --json', 'for programs']),
    )
    .action(
      does(async (options: never) =>
        (await import('../commands/show-pipelines.js')).showPipelines(options, terminal),
      ),
    );

  withProject(pipeline.command('show-summary'))
    .description('show what pipelines consist of: files, configuration and code')
    .argument('[name]', 'one pipeline (default: all)')
    .addOption(new Option('--name <name>', 'the same').hideHelp())
    .option('--cfg', 'the configuration, with every layer')
    .option('--code', 'the modules')
    .option('--project', 'the configuration of the project')
    .addOption(formatOption())
    .addOption(new Option('--to-html', 'a page').conflicts(['toSvg', 'format']))
    .addOption(new Option('--to-svg', 'a picture').conflicts('format'))
    .option('-o, --output-file <file>', 'write it there (default: standard output)')
    .addHelpText(
      'after',
      examples(
        ['pipeline show-summary sales --cfg', 'its configuration, with every layer'],
        ['pipeline show-summary --to-html -o shop.html', 'all of the project as a page'],
      ),
    )
    .action(
      does(async (name: string | undefined, options: never) =>
        (await import('../commands/show-summary.js')).showSummary(name, options, terminal),
      ),
    );
};

function formatOption(): Option {
  return new Option('--format <format>', 'default: table').choices(['table', 'json', 'yaml']);
}
