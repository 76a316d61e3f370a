/** Kills the process in the middle of what it writes to the disk. Must be imported before a filesystem is made. */
import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

let callsLeft = Number.POSITIVE_INFINITY;

/** This process is killed at the call of the disk of that number, counted from now. */
export function dieAtCall(number: number): void {
  callsLeft = number;
}

/** Nothing of this process happens after it. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

/** What waits for a call that never ends, so that no file of it is closed by the collection of garbage. */
const waiting: unknown[] = [];

/** The call that is the last one is not made; of a write, half is. */
function watch(target: object, methods: readonly string[]): void {
  const calls = target as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const method of methods) {
    const original = calls[method]!;
    calls[method] = async function (this: unknown, ...args) {
      if (--callsLeft < 0) return new Promise((resolve) => waiting.push(this, resolve));
      if (callsLeft > 0) return original.apply(this, args);
      if (method === 'writeFile') {
        const data = args[0] as Uint8Array;
        await (this as FileHandle).write(data.subarray(0, Math.ceil(data.byteLength / 2)));
      }
      return die();
    };
  }
}

const probe = await fs.open(process.execPath);
const handles = Object.getPrototypeOf(probe) as object;
await probe.close();
watch(handles, ['writeFile', 'sync', 'chmod', 'close']);
watch(fs, ['open', 'rename', 'link', 'unlink', 'mkdir']);
syncBuiltinESMExports();
