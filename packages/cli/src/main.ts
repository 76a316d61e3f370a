/** Parses the command line, runs one command, and turns what happens into output and an exit code. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { maskStrings, type NodeScope } from '@flowerpower/runtime';
import { exitCodeOf } from './errors/exit-code.js';
import { createProgram } from './program.js';
import { errorDocument, renderError } from './render/error.js';
import { originOf, renderPrint } from './render/print.js';
import { capturePrints } from './terminal/capture-prints.js';
import type { Output } from './terminal/end-output.js';
import { watchSignals } from './terminal/signals.js';
import { createTerminal } from './terminal/terminal.js';

/** @returns the exit code; see errors/exit-code.ts. Never rejects. */
export async function main(args: readonly string[], output: Output): Promise<number> {
  const signals = watchSignals();
  const scope = new AsyncLocalStorage<NodeScope>();
  const prints = capturePrints(
    () => originOf(scope.getStore()),
    (line, origin) => terminal.err(renderPrint(line, origin, terminal)),
  );
  const terminal = createTerminal({
    ...output,
    color: colorFlag(args),
    signal: signals.signal,
    stoppedBy: signals.received,
    scope,
    flushPrints: prints.flush,
  });
  const showWarning = ({ name, message }: Error) =>
    terminal.err(`${terminal.paint('yellow', 'warning')} ${name}: ${message}`);
  // Node's own listener, which is absent with --no-warnings, would print the text as it is.
  if (process.listenerCount('warning') > 0) process.removeAllListeners('warning').on('warning', showWarning);
  const json = args.includes('--json');
  try {
    const run = createProgram(terminal);
    return await run(args);
  } catch (error) {
    const exitCode = exitCodeOf(error, signals.received());
    prints.flush();
    const document = () => maskStrings(errorDocument(error, exitCode), terminal.mask);
    if (json) terminal.document(JSON.stringify(document(), undefined, 2));
    else terminal.err(renderError(error, terminal));
    return exitCode;
  } finally {
    prints.flush();
    signals.stop();
  }
}

/** Colour is decided before parsing, so that parse errors have it too. */
function colorFlag(args: readonly string[]): boolean | undefined {
  const flag = args.findLast((arg) => arg === '--color' || arg === '--no-color');
  return flag === undefined ? undefined : flag === '--color';
}
