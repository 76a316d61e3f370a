// Runs commands one after the other, whatever fails, and counts.
import { spawnSync } from 'node:child_process';

export function createSteps() {
  const results = [];
  const count = { passed: 0, failed: 0 };
  return {
    count,
    results,
    /** Runs a command; a step counts as one check. `run` may also be a function that throws. */
    step(name, run, options = {}) {
      console.log(`\n━━ ${name}`);
      const startedMs = Date.now();
      let ok = true;
      try {
        if (typeof run === 'function') run();
        else execute(run, options);
      } catch (error) {
        ok = false;
        console.error(error instanceof Error ? error.message : error);
      }
      const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
      count[ok ? 'passed' : 'failed']++;
      results.push(`${ok ? '✓' : '✗'} ${name}  ${seconds} s`);
      console.log(`${ok ? '✓' : '✗'} ${name}  ${seconds} s`);
      return ok;
    },
  };
}

export function execute([command, ...args], options = {}) {
  const done = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (done.error) throw done.error;
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${done.status ?? done.signal}.`);
}
