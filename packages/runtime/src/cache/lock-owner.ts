/** Who computes a key, as its lock says, and whether that is still going on. */
import { randomUUID } from 'node:crypto';
import { threadId } from 'node:worker_threads';
import { stateOfProcess, thisProcess, type WritingProcess } from '@flowerpower/fs';

export interface LockOwner extends WritingProcess {
  readonly thread: number;
  /** Tells apart the locks of one process. */
  readonly token: string;
  /** Counts the signs of life. */
  readonly beat: number;
}

/** Tokens of the locks that this thread holds. */
const held = new Set<string>();

export function newOwner(): LockOwner {
  const owner = { ...thisProcess(), thread: threadId, token: randomUUID(), beat: 0 };
  held.add(owner.token);
  return owner;
}

export function forgetOwner({ token }: LockOwner): void {
  held.delete(token);
}

export function encodeOwner(owner: LockOwner): string {
  return JSON.stringify(owner);
}

/**
 * `dead` only when that is certain: the process is gone, or this thread, which knows what it holds, does not hold it. `unknown`
 * for a process of another machine, and for a text that no lock has.
 */
export function stateOfOwner(text: string): 'alive' | 'dead' | 'unknown' {
  const owner = decodeOwner(text);
  if (owner === undefined) return 'unknown';
  const state = stateOfProcess(owner);
  if (state !== 'alive') return state;
  const self = thisProcess();
  const isHere = owner.machine === self.machine && owner.pid === self.pid && owner.thread === threadId;
  return isHere && !held.has(owner.token) ? 'dead' : 'alive';
}

function decodeOwner(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<LockOwner> | null;
    const isOwner =
      typeof owner?.machine === 'string' && Number.isInteger(owner.pid) && typeof owner.start === 'string';
    return isOwner ? (owner as LockOwner) : undefined;
  } catch {
    return undefined;
  }
}
