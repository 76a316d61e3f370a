// Measures contenders in processes of their own, in turns: for what memory is asked about, and what servers answer.
import { spawn } from 'node:child_process';

/**
 * What each contender costs: CPU and clock milliseconds of its best round, and the most memory of any round in MB.
 *
 * @param contenders - `{ name, prepare(argument) }`: a self-contained function that imports what it needs and gives the work,
 *   which gives what `expected` is compared with.
 */
export async function measureApart(contenders, { argument, expected, rounds = 3, env = {} }) {
  const found = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { name, prepare }] of contenders.entries()) {
      const { value, ...costs } = await runApart(prepare, { ...argument, round }, env);
      if (value !== expected) throw new Error(`${name}: got ${value}, expected ${expected}.`);
      found[index].push(costs);
    }
  }
  return found.map((costs) => ({
    cpuMs: Math.min(...costs.map(({ cpuMs }) => cpuMs)),
    clockMs: Math.min(...costs.map(({ clockMs }) => clockMs)),
    peakMB: Math.max(...costs.map(({ peakMB }) => peakMB)),
  }));
}

async function runApart(prepare, argument, env) {
  const text = `
    const work = await (${prepare})(${JSON.stringify(argument)});
    const [before, startedMs] = [process.cpuUsage(), performance.now()];
    const value = await work();
    const [{ user, system }, endedMs] = [process.cpuUsage(before), performance.now()];
    const costs = { cpuMs: (user + system) / 1000, clockMs: endedMs - startedMs };
    console.log(JSON.stringify({ value, ...costs, peakMB: process.resourceUsage().maxRSS / 1024 }));
    process.exit();`;
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', text], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`A contender failed:\n${stderr}`);
  return JSON.parse(stdout);
}
