/** The command `flowerpower`. `--version` alone is answered without loading anything. */
import { createStreamWriter } from './terminal/stream-writer.js';
import { endOutput } from './terminal/end-output.js';
import { restoreReallyExit } from './terminal/really-exit.js';
import { version } from './version.js';

const args = process.argv.slice(2);
const output = { stdout: createStreamWriter(process.stdout), stderr: createStreamWriter(process.stderr) };

// Users' code is kept from ending the process; see terminal/strays.ts.
const exit = process.exit.bind(process);

async function run(): Promise<number> {
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    output.stdout.write(`${version()}\n`);
    return 0;
  }
  const { main } = await import('./main.js');
  return main(args, output);
}

async function runOrSay(): Promise<number> {
  try {
    return await run();
  } catch (error) {
    // Whatever says it otherwise is not there: the command did not get that far.
    const text = String((error as Error | undefined)?.stack ?? error).replace(/[^\P{C}\n]/gu, '?');
    output.stderr.write(`error FlowerPower itself failed. This is a bug; please report it.\n${text}\n`);
    // As errors/exit-code.ts has it, which needs packages that may be missing.
    return 3;
  }
}

// A user's module may hold timers or connections open; the command is done all the same.
const exitCode = await endOutput(output, await runOrSay());
restoreReallyExit();
exit(exitCode);
