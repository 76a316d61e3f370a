import { join, sep } from 'node:path';
import { realPathSync } from './real-path.js';

export interface ProtectedEntry {
  readonly name: string;
  /** True for the entry, false for what lies in it. */
  readonly isItself: boolean;
}

/**
 * Tells which of the entries that nothing may be written to a real path is, or lies in, or for a folder also what lies in
 * it; undefined for any other.
 */
export type ProtectedEntryOf = (file: string, as: 'file' | 'folder') => ProtectedEntry | undefined;

/** @param names - files and folders, relative to the root. An entry that is a link is protected where it leads, too. */
export function protectedEntries(root: string, names: readonly string[]): ProtectedEntryOf {
  const entries = names.flatMap((name) => {
    const path = join(root, name);
    return [path, realPathSync(path)].map((each) => ({ name, file: alike(each) }));
  });
  return (file, as) => {
    const asked = alike(file);
    const found = entries.find(
      (entry) => isBelow(asked, entry.file) || (as === 'folder' && isBelow(entry.file, asked)),
    );
    return found && { name: found.name, isItself: asked === found.file };
  };
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** On many disks `Conf` is `conf`; where it is not, nobody should have both. */
function alike(path: string): string {
  return path.toLowerCase();
}
