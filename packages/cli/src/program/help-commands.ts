/** What helps to use the command itself. */
import type { CommandGroup } from './command-group.js';
import { withCommon } from './common-options.js';
import { examples } from './examples.js';

export const addExplainCommand: CommandGroup = (program, terminal, does) => {
  withCommon(program.command('explain'))
    .description('say what an error code means, and what to do about it')
    .argument('[code]', 'as FP_UNKNOWN_OUTPUT or unknown-output (default: list all)')
    .addHelpText(
      'after',
      examples(
        ['explain FP_MISSING_INPUT', 'what it means, and what mostly helps'],
        ['explain --json', 'every code, for programs'],
      ),
    )
    .action(
      does(async (code: string | undefined, options: never) =>
        (await import('../commands/explain.js')).explain(code, options, terminal),
      ),
    );
};
