/** Parses the command line, runs one command, and turns what happens into output and an exit code. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { NodeScope } from '@flowerpower/runtime';
import { exitCodeOf, success } from './errors/exit-code.js';
import { wantsJson } from './options/wants-json.js';
import { createProgram } from './program/create-program.js';
import { originOf, renderPrint } from './render/print.js';
import { capturePrints } from './terminal/capture-prints.js';
import type { Output } from './terminal/end-output.js';
import { createGuard } from './terminal/guard.js';
import { withOneDocument } from './render/one-document.js';
import { createTerminal } from './terminal/terminal.js';

/** @returns the exit code; see errors/exit-code.ts. Never rejects. */
export async function main(args: readonly string[], output: Output): Promise<number> {
  const json = wantsJson(args);
  const scope = new AsyncLocalStorage<NodeScope>();
  const importScope = new AsyncLocalStorage<string>();
  const prints = capturePrints(
    () => originOf(scope.getStore()),
    (line, origin) => terminal.err(renderPrint(line, origin, terminal)),
  );
  const report = (error: unknown, exitCode: number) => reportNow(error, exitCode);
  const guard = createGuard({
    say: (line) => terminal.err(`${terminal.paint('yellow', 'warning')} ${line}`),
    report,
    currentNode: () => scope.getStore()?.node,
    currentImport: () => importScope.getStore(),
  });
  const made = createTerminal({
    ...output,
    color: colorFlag(args),
    tty: args.includes('--no-tty') ? false : undefined,
    signal: guard.signal,
    stoppedBy: guard.received,
    guard,
    scope,
    importScope,
    flushPrints: prints.flush,
  });
  const { terminal, report: reportNow } = withOneDocument(made, json);
  const showWarning = ({ name, message }: Error) =>
    terminal.err(`${terminal.paint('yellow', 'warning')} ${name}: ${message}`);
  // Node's own listener, which is absent with --no-warnings, would print the text as it is.
  if (process.listenerCount('warning') > 0) process.removeAllListeners('warning').on('warning', showWarning);
  try {
    const run = createProgram(terminal);
    const exitCode = await Promise.race([run(args), guard.broken]);
    const exitCall = guard.exitCall();
    if (exitCall !== undefined && exitCode === success) throw exitCall;
    return exitCode;
  } catch (error) {
    const exitCode = exitCodeOf(error, guard.received());
    report(error, exitCode);
    return exitCode;
  } finally {
    prints.flush();
    terminal.live(() => [])?.end();
    guard.end();
  }
}

/** Colour is decided before parsing, so that parse errors have it too. */
function colorFlag(args: readonly string[]): boolean | undefined {
  const flag = args.findLast((arg) => arg === '--color' || arg === '--no-color');
  return flag === undefined ? undefined : flag === '--color';
}
