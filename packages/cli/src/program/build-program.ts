/** The tree of commands: names, options and help. */
import { Command } from 'commander';
import { refuseRepeats } from '../options/refuse-repeats.js';
import type { Terminal } from '../terminal/terminal.js';
import { version } from '../version.js';
import { addCacheCommands } from './cache-commands.js';
import { addConfigCommands } from './config-commands.js';
import { addCompletionCommands, addExplainCommand } from './help-commands.js';
import { addPipelineCommands } from './pipeline-commands.js';
import { addPlanCommand } from './plan-command.js';
import { addCheckCommand, addDoctorCommand, addInitCommand, addTypegenCommand } from './project-commands.js';
import { addDevCommand } from './run-commands.js';
import { addRunsCommands } from './runs-commands.js';
import { addSchemaCommands } from './schema-commands.js';
import type { CommandGroup, Does } from './command-group.js';

/** In the order in which the help lists them. */
const groups: readonly CommandGroup[] = [
  addInitCommand,
  addPipelineCommands,
  addDevCommand,
  addPlanCommand,
  addCheckCommand,
  addRunsCommands,
  addConfigCommands,
  addCacheCommands,
  addTypegenCommand,
  addDoctorCommand,
  addSchemaCommands,
  addExplainCommand,
  addCompletionCommands,
];

/** @param does - what commander is to call; see {@link Does}. */
export function buildProgram(terminal: Terminal, does: Does): Command {
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

What an error code means, and what helps: flowerpower explain <code>

Results go to standard output, everything else to standard error.
Exit codes: 0 success, 1 the run failed, 2 usage or configuration, 3 internal, 124 timeout, 130/143 signals.`,
    );

  for (const add of groups) add(program, terminal, does);
  prepare(program, terminal);
  return program;
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
