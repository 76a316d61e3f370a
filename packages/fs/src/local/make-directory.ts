import { dirname } from 'node:path';
import { DriverFailure } from '../contract/file-system-driver.js';
import { codeOf } from './classify-node-error.js';
import type { NodeFs } from './node-fs-port.js';

/** Makes a directory and its parents, each tried twice at most. */
export async function makeDirectory(fs: NodeFs, path: string): Promise<void> {
  if (await isDirectory(fs, path)) return;
  let refusal = await tryToMake(fs, path);
  if (refusal !== undefined && dirname(path) !== path) {
    await makeDirectory(fs, dirname(path));
    refusal = await tryToMake(fs, path);
  }
  if (refusal !== undefined)
    throw new DriverFailure('NotFound', `the folder ${path} cannot be made`, refusal);
}

/** Gives the answer of the system that the parent is not there. */
async function tryToMake(fs: NodeFs, path: string): Promise<unknown> {
  try {
    await fs.mkdir(path);
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return error;
    // Somebody else may have made it meanwhile.
    if (code === 'EEXIST' && (await isDirectory(fs, path))) return undefined;
    if (code === 'EEXIST') throw new DriverFailure('NotDirectory', 'a file is in its place', error);
    throw error;
  }
}

async function isDirectory(fs: NodeFs, path: string): Promise<boolean> {
  try {
    return (await fs.stat(path)).isDirectory();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
