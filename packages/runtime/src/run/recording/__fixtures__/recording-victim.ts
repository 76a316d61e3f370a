/**
 * Runs a pipeline that fails again and again, and records it. Arguments: folder of the store, and the call of the disk at which the
 * process is killed, in the middle of it where it writes.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { createLogger, createPipelineRunner, createRunStore } from '../../../index.js';
import { recordedPipeline } from './recorded-pipeline.js';

const [dir, dieAt] = process.argv.slice(2) as [string, string];
let callsLeft = Number(dieAt);

/** Nothing of this process happens after it. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

const original = { ...fs };
function beforeCall(half: () => void): void {
  if (--callsLeft > 0) return;
  half();
  die();
}
fs.mkdirSync = ((...args: Parameters<typeof original.mkdirSync>) => {
  beforeCall(() => {});
  return original.mkdirSync(...args);
}) as typeof fs.mkdirSync;
fs.openSync = (...args) => {
  beforeCall(() => {});
  return original.openSync(...args);
};
fs.writeFileSync = (path, data, options) => {
  const bytes = Buffer.from(data as Uint8Array | string);
  beforeCall(() => original.writeFileSync(path, bytes.subarray(0, bytes.length / 2), options));
  original.writeFileSync(path, bytes, options);
};
fs.writeSync = ((descriptor: number, bytes: Uint8Array, from: number) => {
  beforeCall(() => original.writeSync(descriptor, bytes, from, Math.floor((bytes.length - from) / 2)));
  return original.writeSync(descriptor, bytes, from);
}) as typeof fs.writeSync;
syncBuiltinESMExports();

const runner = createPipelineRunner({
  registry: createRegistry(),
  fs: createMemoryFileSystem(),
  recording: { store: createRunStore({ dir, keep: 5 }) },
  log: createLogger({ level: 'ERROR', sink: ({ msg }) => console.error(msg) }),
});
for (;;) await runner.settle(recordedPipeline(true));
