/** What runs a pipeline. */
import { Option } from 'commander';
import { addRunOptions } from '../options/run-options.js';
import { addSliceOptions } from '../options/slice-options.js';
import type { CommandGroup } from './command-group.js';
import { reporterOption, withProgress, withProject } from './common-options.js';
import { examples } from './examples.js';

/** `dev` is `pipeline run --watch`, for the pipeline of a project that has one. */
export const addDevCommand: CommandGroup = (program, terminal, does) => {
  addRunOptions(withProgress(withProject(program.command('dev'))))
    .description('run a pipeline, and again whenever its code, its configuration or its data change')
    .argument('[name]', 'default: the one that there is')
    .addHelpText(
      'after',
      examples(
        ['dev sales', 'until Ctrl-C'],
        ['dev sales -o total --set params.report.currency=USD', 'what you work on'],
      ),
    )
    .action(
      does(async (name: string | undefined, options: never) =>
        (await import('../commands/watch-pipeline.js')).dev(name, options, terminal),
      ),
    );
};

export const addRunCommands: CommandGroup = (pipeline, terminal, does) => {
  addRunOptions(addSliceOptions(withProgress(withProject(pipeline.command('run')))))
    .description('run pipelines and print their outputs')
    .argument('[names...]', 'one pipeline, or several, which run in the order in which they need each other')
    .option('--all', 'every pipeline of the project')
    .option('--dry-run', 'say what it would do, and run nothing: the same as plan')
    .addOption(reporterOption())
    .addOption(new Option('--watch', 'run it again whenever its files change').conflicts('reporter'))
    .addHelpText(
      'after',
      examples(
        ['pipeline run sales', 'as its YAML says'],
        ['pipeline run sales -i day=2026-01-31 -o report', 'with an input, for one output'],
        ['pipeline run sales --inputs @day.json --json', 'inputs from a file, one JSON document'],
        [
          'pipeline run sales --env prod --set params.report.currency=USD',
          'another environment, one value set',
        ],
        ['pipeline run sales --on-error continue --max-retries 2', 'run what can run, and try again'],
        ['pipeline run sales --watch', 'run it again whenever its files change'],
        ['pipeline run sales costs', 'one that loads what another one saves comes after it'],
        ['pipeline run --all', 'every pipeline of the project'],
        ['pipeline run sales --from report', 'report and all below it anew'],
        ['pipeline run sales --reporter junit', 'a report for the server that builds'],
      ),
    )
    .action(
      does(async (names: string[], options: never) =>
        (await import('../commands/run-pipeline.js')).run(names, options, terminal),
      ),
    );
};
