import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { tempName } from '@flowerpower/fs';
import { isFile } from '../files/file-stamp.js';

/**
 * Writes a file so that readers see the old content or the new one, never a part. A file that already has the
 * content keeps its stamp, so that processes that build the same thing agree on it.
 */
export function writeAtomically(path: string, content: string): void {
  if (hasContent(path, content)) return;
  const temporary = join(dirname(path), tempName(basename(path)));
  try {
    writeFileSync(temporary, content, { flag: 'wx' });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    // Windows refuses to replace a file that another process has open; the other may have written the same.
    if (!hasContent(path, content)) throw error;
  }
}

function hasContent(path: string, content: string): boolean {
  try {
    return isFile(path) && readFileSync(path, 'utf8') === content;
  } catch {
    // Missing or unreadable: it is written anew, and that reports what is wrong.
    return false;
  }
}
