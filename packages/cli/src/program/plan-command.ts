import { addRunOptions } from '../options/run-options.js';
import { addSliceOptions } from '../options/slice-options.js';
import type { CommandGroup } from './command-group.js';
import { withProject } from './common-options.js';
import { examples } from './examples.js';

export const addPlanCommand: CommandGroup = (program, terminal, does) => {
  addRunOptions(addSliceOptions(withProject(program.command('plan'))))
    .description('say what a run would do with each node and why, and run nothing')
    .argument('[names...]', 'pipelines')
    .option('--all', 'every pipeline of the project')
    .option('--load', 'run the loaders, so that more is known: what follows from the data that they load')
    .addHelpText(
      'after',
      examples(
        ['plan sales', 'run, cached, unknown or skip, and why'],
        ['plan sales --from report', 'what computing report anew would mean'],
        ['plan sales --json', 'for programs'],
      ),
    )
    .action(
      does(async (names: string[], options: never) =>
        (await import('../commands/plan.js')).planPipelines(names, options, terminal),
      ),
    );
};
