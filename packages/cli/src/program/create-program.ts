/** The command line: names, options and help. Commands are loaded when they are called. */
import { Command, CommanderError } from 'commander';
import { success } from '../errors/exit-code.js';
import { unknownCommand, usageError } from '../errors/usage-error.js';
import { refuseRepeats } from '../options/refuse-repeats.js';
import type { Terminal } from '../terminal/terminal.js';
import { version } from '../version.js';
import { addCacheCommands } from './cache-commands.js';
import type { CommandGroup, Does } from './command-group.js';
import { findCommand, operandsOf } from '../find-command.js';
import { addPipelineCommands } from './pipeline-commands.js';
import { addCheckCommand, addDoctorCommand, addInitCommand } from './project-commands.js';
import { addSchemaCommands } from './schema-commands.js';

/** In the order in which the help lists them. */
const groups: readonly CommandGroup[] = [
  addInitCommand,
  addPipelineCommands,
  addCheckCommand,
  addCacheCommands,
  addDoctorCommand,
  addSchemaCommands,
];

/**
 * @returns a function that runs the command line and gives the exit code. It rejects with `FP_CLI_USAGE`, and with what
 *   commands throw.
 */
export function createProgram(terminal: Terminal): (args: readonly string[]) => Promise<number> {
  let exitCode = success;
  const does: Does =
    (command) =>
    async (...args) => {
      exitCode = await command(...(args as never[]));
    };

  const program = new Command('flowerpower')
    .description('Plain functions become a typed graph; YAML says what to run.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help')
    .addHelpText(
      'after',
      `
Start here:
  flowerpower init shop && cd shop
  flowerpower pipeline new hello
  flowerpower pipeline run hello

Results go to standard output, everything else to standard error.
Exit codes: 0 success, 1 the run failed, 2 usage or configuration, 3 internal, 124 timeout, 130/143 signals.`,
    );

  for (const add of groups) add(program, terminal, does);
  prepare(program, terminal);
  return async (args) => {
    const { command, rest } = findCommand(program, args);
    const isGroup = command.commands.length > 0;
    if (isGroup && (rest.length === 0 || rest[0] === 'help'))
      return printHelp(program, command, operandsOf(rest.slice(1)));
    if (isGroup && !rest[0]!.startsWith('-')) throw unknownCommand(program, command, rest);
    try {
      await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) throw usageError(error, command);
    }
    return exitCode;
  };
}

function printHelp(program: Command, group: Command, words: readonly string[]): number {
  const { command, rest } = findCommand(group, words);
  if (rest.length > 0 && command.commands.length > 0) throw unknownCommand(program, command, rest);
  command.outputHelp();
  return success;
}

/** Settings that commander does not inherit: errors are thrown, help goes to the terminal. */
function prepare(command: Command, terminal: Terminal): void {
  if (command.parent !== null) command.helpCommand(false);
  refuseRepeats(command);
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => terminal.document(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd().split('\n')),
      outputError: () => {},
    });
  for (const child of command.commands) prepare(child, terminal);
}
