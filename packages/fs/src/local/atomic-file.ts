/**
 * Replaces or creates a local file in one visible step: everything goes to a temporary file in the same directory,
 * which takes the place of the target by `rename`, or by `link` when the target must not exist.
 */
import type { BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DriverFailure } from '../contract/file-system-driver.js';
import type { WriteConditions } from '../contract/file-system.js';
import { classifyNodeError, codeOf } from './classify-node-error.js';
import { expectFile } from './local-info.js';
import type { NodeFileHandle, NodeFs } from './node-fs-port.js';
import { withPathLock } from './path-lock.js';
import { tempName } from './temp-name.js';

/** A fresh temporary path beside a target. */
export function tempBeside(target: string): string {
  return join(dirname(target), tempName(basename(target)));
}

/** Judges the conditions against the target as it is now. Returns its facts, or undefined when it is absent. */
export async function checkTarget(
  fs: NodeFs,
  target: string,
  { ifNotExists, ifMatch }: WriteConditions,
): Promise<BigIntStats | undefined> {
  const existing = await statOrUndefined(fs, target);
  if (existing === undefined) {
    if (ifMatch !== undefined) throw new DriverFailure('PreconditionFailed', 'it no longer exists');
    return undefined;
  }
  if (ifNotExists) throw new DriverFailure('AlreadyExists');
  expectFile(existing, ifMatch);
  return existing;
}

/**
 * Puts a finished file into the target's place and returns its facts. Conditions are judged again, since time
 * has passed. When this throws, the target is untouched, unless only the second name of a create-only commit could
 * not be removed.
 */
export async function commitFile(
  fs: NodeFs,
  finished: string,
  target: string,
  conditions: WriteConditions,
): Promise<BigIntStats> {
  // Rename and link keep the inode, so its facts can be read before: once it is visible nothing may fail any more.
  const stats = await fs.stat(finished);
  await withPathLock(target, async () => {
    if (conditions.ifNotExists || conditions.ifMatch !== undefined) await checkTarget(fs, target, conditions);
    if (conditions.ifNotExists) await renameToFree(fs, finished, target);
    else await fs.rename(finished, target);
  });
  return stats;
}

/** Renames to a name that must be free: `rename` would replace an existing target, `link` does not. */
async function renameToFree(fs: NodeFs, from: string, target: string): Promise<void> {
  try {
    await fs.link(from, target);
  } catch (error) {
    if (codeOf(error) !== 'EPERM' && classifyNodeError(error)?.reason !== 'Unsupported') throw error;
    throw new DriverFailure(
      'Unsupported',
      'this disk has no hard links, which create-only writes need',
      error,
    );
  }
  await removeFile(fs, from);
}

/** Removes a file that must not stay; a second try covers a passing fault. */
export async function removeFile(fs: NodeFs, path: string): Promise<void> {
  try {
    await fs.unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') await fs.unlink(path);
  }
}

/** Closes a handle that must not stay open; a second try covers a passing fault. */
export async function closeHandle(handle: NodeFileHandle): Promise<void> {
  await handle.close().catch(() => handle.close());
}

async function statOrUndefined(fs: NodeFs, path: string): Promise<BigIntStats | undefined> {
  try {
    return await fs.stat(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
