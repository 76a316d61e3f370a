/** What helps to use the command itself. */
import { Argument, Option } from 'commander';
import { shells } from '../completion/shells.js';
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

export const addCompletionCommands: CommandGroup = (program, terminal, does) => {
  withCommon(program.command('completion'))
    .description('print what makes a shell complete commands, flags, and the names of pipelines and nodes')
    .addArgument(new Argument('<shell>', 'which one').choices([...shells]))
    .addHelpText(
      'after',
      examples(
        ['completion bash', 'in ~/.bashrc: source <(flowerpower completion bash)'],
        ['completion zsh', 'in ~/.zshrc, below compinit: source <(flowerpower completion zsh)'],
        ['completion fish', 'in config.fish: flowerpower completion fish | source'],
        ['completion pwsh', 'in $PROFILE: flowerpower completion pwsh | Out-String | Invoke-Expression'],
      ),
    )
    .action(
      does(async (shell: never, options: never) =>
        (await import('../commands/completion.js')).completion(shell, options, terminal),
      ),
    );

  // Shells ask it, and nobody else.
  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .addOption(new Option('--blank', 'an empty word follows the last one'))
    .action(
      does(async (words: string[], options: never) =>
        (await import('../commands/completion.js')).complete(program, words, options, terminal),
      ),
    );
};
