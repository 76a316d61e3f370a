/**
 * A process may open only so many files at once. What meets that limit waits for the next file that this package closes
 * instead of failing: ten thousand reads that are begun together all come to their end.
 */
import type { FileHandle } from 'node:fs/promises';
import { codeOf } from './classify-node-error.js';

/** For so long nobody closed a file: whoever holds them perhaps waits for this very one. */
const patienceMs = 3000;

/** Open ones, and those that are being opened. */
let held = 0;
let lastClosingMs = 0;
const waiting = new Set<() => void>();

/** A handle that counts until `closeOpened`. */
export async function openHandle(open: () => Promise<FileHandle>): Promise<FileHandle> {
  return whenHandlesAreFree(async () => {
    held++;
    try {
      return await open();
    } catch (error) {
      held--;
      throw error;
    }
  });
}

/** Closes it. A second call does nothing, as with the handle itself. */
export async function closeOpened(handle: FileHandle): Promise<void> {
  const wasOpen = handle.fd !== -1;
  await handle.close();
  if (!wasOpen) return;
  held--;
  lastClosingMs = performance.now();
  const [next] = waiting;
  next?.();
}

/** Tries again after each closing for as long as the limit is met, unless nothing of this package is open. */
export async function whenHandlesAreFree<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const code = codeOf(error);
      if ((code !== 'EMFILE' && code !== 'ENFILE') || held === 0 || !(await nextClosing())) throw error;
    }
  }
}

/** Whose turn it is after a closing. False when none came for a while, for anybody. */
function nextClosing(): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (closed: boolean) => {
      clearTimeout(timer);
      waiting.delete(wake);
      resolve(closed);
    };
    const look = () => {
      const leftMs = lastClosingMs + patienceMs - performance.now();
      if (leftMs <= 0) end(false);
      else timer = setTimeout(look, leftMs);
    };
    let timer = setTimeout(look, patienceMs);
    const wake = () => end(true);
    waiting.add(wake);
  });
}
