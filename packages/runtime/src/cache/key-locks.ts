/**
 * One of all who share a cache computes a key, the others wait: `locks/<key>` says who computes it. Nothing depends on
 * a lock but that work is not done twice, so whatever goes wrong with one costs a computation and no more.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Computation } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import { type LockFile, lockFiles } from './lock-files.js';
import { encodeOwner, forgetOwner, type LockOwner, newOwner, stateOfOwner } from './lock-owner.js';

export interface KeyLocks {
  once<Result>(key: string, computation: Computation<Result>): Promise<Result>;
}

export interface KeyLockOptions {
  readonly fs: FileSystem;
  /** Of a clock that only goes forward. Default `performance.now`. */
  readonly nowMs?: (() => number) | undefined;
  /** Default: a timer. Rejects with the reason of the signal once that aborts. */
  readonly pause?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

export const locksDir = 'locks';

const beatMs = 10_000;
/** For how long an owner that gives no sign is waited for. One on this machine is seen to live, and may be busy. */
const patienceMs = { alive: 600_000, unknown: 60_000, dead: 0 } as const;
const [firstPauseMs, longestPauseMs] = [5, 250];

/**
 * True within a computation that others may be waiting for. Who waits there as well, in a run within a node, could be
 * waiting for them. It goes with the flow of calls and not with a store, since a run within may have another one.
 */
const computing = new AsyncLocalStorage<true>();

export function createKeyLocks(options: KeyLockOptions): KeyLocks {
  const { fs, nowMs = () => performance.now(), pause = pauseFor } = options;
  const fileOf = lockFiles(fs);

  return {
    async once(key, { find, compute, signal }) {
      if (fileOf === undefined || computing.getStore() === true) return compute();
      const file = fileOf(`${locksDir}/${key}`);
      const givenUp = createPatience(file, nowMs);
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
        signal.throwIfAborted();
        const lock = (await take((text) => file.create(text), file)) ?? (await givenUp());
        if (lock === 'impossible') return compute();
        if (lock !== undefined) {
          try {
            // Whoever had it before may have stored the value.
            return (await find()) ?? (await computing.run(true, compute));
          } finally {
            await lock.release();
          }
        }
        await pause(pauseMs, signal);
        const found = await find();
        if (found !== undefined) return found;
      }
    },
  };
}

/** Asks for the lock of an owner whom nobody needs to wait for any more; undefined while there is one to wait for. */
function createPatience(file: LockFile, nowMs: () => number): () => Promise<Lock | 'impossible' | undefined> {
  let seen: { readonly text: string; readonly sinceMs: number; isTried: boolean } | undefined;
  return async () => {
    const text = await file.read();
    if (seen?.text !== text) seen = { text, sinceMs: nowMs(), isTried: false };
    if (nowMs() - seen.sinceMs < patienceMs[stateOfOwner(text)]) return undefined;
    // It can neither be waited for nor taken.
    if (seen.isTried || text === '') return 'impossible';
    seen.isTried = true;
    return take((own) => file.replace(text, own), file);
  };
}

interface Lock {
  /** Never rejects. */
  release(): Promise<void>;
}

/** Undefined when somebody else has it. */
async function take(
  write: (text: string) => Promise<boolean>,
  file: LockFile,
): Promise<Lock | 'impossible' | undefined> {
  const owner = newOwner();
  try {
    if (await write(encodeOwner(owner))) return keepAlive(file, owner);
    forgetOwner(owner);
    return undefined;
  } catch {
    forgetOwner(owner);
    // A folder that cannot be written to keeps nobody from computing.
    return 'impossible';
  }
}

function keepAlive(file: LockFile, owner: LockOwner): Lock {
  let text = encodeOwner(owner);
  let { beat } = owner;
  let beating = Promise.resolve();
  let isMine = true;
  const giveSign = async () => {
    const next = encodeOwner({ ...owner, beat: ++beat });
    // Where it cannot be written now, the next sign may be.
    const isWritten = await file.replace(text, next).catch(() => undefined);
    if (isWritten === true) text = next;
    // Somebody gave up waiting and took it.
    if (isWritten === false) isMine = false;
  };
  const timer = setInterval(() => void (beating = beating.then(giveSign)), beatMs);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      await beating;
      forgetOwner(owner);
      // What stays is seen to be nobody's.
      if (isMine) await file.remove().catch(() => {});
    },
  };
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
