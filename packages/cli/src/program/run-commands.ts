/** What runs a pipeline. */
import { addRunOptions } from '../options/run-options.js';
import type { CommandGroup } from './command-group.js';
import { reporterOption, withProgress, withProject } from './common-options.js';
import { examples } from './examples.js';

export const addRunCommands: CommandGroup = (pipeline, terminal, does) => {
  addRunOptions(withProgress(withProject(pipeline.command('run'))))
    .description('run a pipeline and print its outputs')
    .argument('<name>')
    .addOption(reporterOption())
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
        ['pipeline run sales --reporter junit', 'a report for the server that builds'],
      ),
    )
    .action(
      does(async (name: string, options: never) =>
        (await import('../commands/run-pipeline.js')).runPipeline(name, options, terminal),
      ),
    );
};
