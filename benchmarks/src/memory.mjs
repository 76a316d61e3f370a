// Are values let go as soon as nothing needs them? A chain of 100 values of 8 MB, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { table } from './table.mjs';

const valueMB = 8;
const length = 100;

/** Runs in a fresh process; prints the peak of memory in buffers, in MB. */
function chainOfBuffers({ makeRun, length: count, sizeMB }) {
  const size = sizeMB * 2 ** 20;
  // Filled, so that the pages are really there; collected at each step, so that only what is held counts.
  let peak = 0;
  const fill = (value) => {
    const made = new Uint8Array(size).fill(value);
    // Freed buffers are counted out while the next collection starts.
    globalThis.gc();
    globalThis.gc();
    peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    return made;
  };
  const before = process.memoryUsage().arrayBuffers;
  const check = (value) => {
    if (value.at(-1) !== count % 256) throw new Error('The last value is wrong.');
    console.log((peak - before) / 2 ** 20);
  };
  return makeRun(fill, count).then(check);
}

const makers = {
  'by hand, one variable': async (fill, count) => {
    let value = fill(1);
    for (let node = 1; node < count; node++) value = fill((value[0] + 1) % 256);
    return value;
  },
  'by hand, asynchronous': async (fill, count) => {
    const next = async (value) => fill((value[0] + 1) % 256);
    let value = fill(1);
    for (let node = 1; node < count; node++) value = await next(value);
    return value;
  },
  'by hand, a value by name': async (fill, count) => {
    const values = { n0: fill(1) };
    for (let node = 1; node < count; node++) values[`n${node}`] = fill((values[`n${node - 1}`][0] + 1) % 256);
    return values[`n${count - 1}`];
  },
  'ours, synchronous': async (fill, count) => {
    const { createDriver, node } = await import('@flowerpower/core');
    const nodes = { n0: () => fill(1) };
    for (let index = 1; index < count; index++) {
      nodes[`n${index}`] = node({ inputs: [`n${index - 1}`] }, (value) => fill((value[0] + 1) % 256));
    }
    const last = `n${count - 1}`;
    return createDriver({ modules: [nodes] }).executeSync([last])[last];
  },
  'ours, destructured': async (fill, count) => {
    const { createDriver } = await import('@flowerpower/core');
    globalThis.fill = fill;
    const source = ['export const n0 = () => fill(1);'];
    for (let index = 1; index < count; index++) {
      const before = `n${index - 1}`;
      source.push(`export const n${index} = ({ ${before} }) => fill((${before}[0] + 1) % 256);`);
    }
    const nodes = await import(`data:text/javascript,${encodeURIComponent(source.join('\n'))}`);
    const last = `n${count - 1}`;
    return createDriver({ modules: [nodes] }).executeSync([last])[last];
  },
  'ours, asynchronous': async (fill, count) => {
    const { createDriver, node } = await import('@flowerpower/core');
    const nodes = { n0: async () => fill(1) };
    for (let index = 1; index < count; index++) {
      nodes[`n${index}`] = node({ inputs: [`n${index - 1}`] }, async (value) => fill((value[0] + 1) % 256));
    }
    const last = `n${count - 1}`;
    return (await createDriver({ modules: [nodes] }).execute([last]))[last];
  },
};

export async function run() {
  const rows = [['contender', 'peak MB', 'values held', 'aim']];
  for (const [name, makeRun] of Object.entries(makers)) {
    const text = `(${chainOfBuffers})({ makeRun: ${makeRun}, length: ${length}, sizeMB: ${valueMB} });`;
    const options = { cwd: import.meta.dirname, encoding: 'utf8' };
    const args = ['--expose-gc', '--input-type=module', '-e', text];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    if (status !== 0) throw new Error(`${name} failed:\n${stderr}`);
    const peakMB = Number(stdout);
    rows.push([name, peakMB.toFixed(0), (peakMB / valueMB).toFixed(1), name.startsWith('ours') ? '2.0' : '']);
  }
  return table(`Memory: a chain of ${length} values of ${valueMB} MB, Node ${process.versions.node}`, rows);
}
