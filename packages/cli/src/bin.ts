/** The command `flowerpower`. `--version` alone is answered without loading anything. */
import { version } from './version.js';

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${version()}\n`);
} else {
  const { main } = await import('./main.js');
  const exitCode = await main(args);
  // A user's module may hold timers or connections open; the command is done all the same.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
}
