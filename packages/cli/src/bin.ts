/** The command `flowerpower`. `--version` alone is answered without loading anything. */
import { createStreamWriter } from './terminal/stream-writer.js';
import { endOutput } from './terminal/end-output.js';
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

// A user's module may hold timers or connections open; the command is done all the same.
exit(await endOutput(output, await run()));
