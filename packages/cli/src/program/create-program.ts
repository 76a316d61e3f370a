/** The command line. Commands are loaded when they are called. */
import { type Command, CommanderError } from 'commander';
import { success } from '../errors/exit-code.js';
import { unknownCommand, usageError } from '../errors/usage-error.js';
import { findCommand, operandsOf } from '../find-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { buildProgram } from './build-program.js';
import type { Does } from './command-group.js';

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

  const program = buildProgram(terminal, does);
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
