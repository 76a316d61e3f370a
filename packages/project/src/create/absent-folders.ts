import { existsSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which of the folders below a root, of those around them, and of those around the root are not there; the deepest first. */
export function absentFolders(root: string, below: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of below) {
    let folder = join(root, path);
    // A drive may be absent as well.
    for (; !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder)) found.add(folder);
  }
  return [...found].toSorted((a, b) => b.length - a.length);
}

/** Of those that are there by now. One that holds something, or cannot be removed, stays. */
export function removeEmptyFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // What is told is why they were of no use.
    }
  }
}
