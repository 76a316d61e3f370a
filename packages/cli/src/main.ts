/** Parses the command line, runs one command, and turns what happens into output and an exit code. */
import { CommanderError } from 'commander';
import { FlowerPowerError } from '@flowerpower/core';
import type { CliErrorCode } from './errors/catalogue.js';
import { exitCodeOf, exitCodeOfSignal, success } from './errors/exit-code.js';
import { createProgram } from './program.js';
import { errorDocument, renderError } from './render/error.js';
import { watchSignals } from './terminal/signals.js';
import { createTerminal } from './terminal/terminal.js';

/** @returns the exit code; see errors/exit-code.ts. Never rejects. */
export async function main(args: readonly string[]): Promise<number> {
  // A reader that goes away (`… | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(success);
    throw error;
  });
  const signals = watchSignals();
  const terminal = createTerminal({ color: colorFlag(args), signal: signals.signal });
  const json = args.includes('--json');
  try {
    const run = createProgram(terminal);
    return await run(args);
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return success;
    const error = thrown instanceof CommanderError ? usageError(thrown) : thrown;
    const stoppedBy = signals.received();
    const exitCode = stoppedBy === undefined ? exitCodeOf(error) : exitCodeOfSignal(stoppedBy);
    if (json) terminal.out(JSON.stringify(errorDocument(error, exitCode), undefined, 2));
    else terminal.err(renderError(error, terminal));
    return exitCode;
  } finally {
    signals.stop();
  }
}

/** Colour is decided before parsing, so that parse errors have it too. */
function colorFlag(args: readonly string[]): boolean | undefined {
  const flag = args.findLast((arg) => arg === '--color' || arg === '--no-color');
  return flag === undefined ? undefined : flag === '--color';
}

function usageError(error: CommanderError): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_USAGE';
  const [message, ...suggestion] = error.message.replace(/^error: /, '').split('\n');
  const hint = suggestion.join(' ').replaceAll(/^\(|\)$/g, '');
  return new FlowerPowerError({
    code,
    message: `${message!.charAt(0).toUpperCase()}${message!.slice(1)}.`,
    hint: hint === '' ? 'See flowerpower --help.' : hint,
  });
}
