/** What runs a pipeline. */
import { addRunOptions } from '../options/run-options.js';
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';

export const addRunCommands: CommandGroup = (pipeline, terminal, does) => {
  addRunOptions(withProject(pipeline.command('run')))
    .description('run a pipeline and print its outputs')
    .argument('<name>')
    .option('-q, --quiet', 'no progress; warnings and errors only')
    .action(
      does(async (name: string, options: never) =>
        (await import('../commands/run-pipeline.js')).runPipeline(name, options, terminal),
      ),
    );
};
