import { join, sep } from 'node:path';
import { realPathSync } from './real-path.js';

/** Tells which of the entries that nothing may be written to a real path is, or lies in; undefined for any other. */
export type ProtectedEntryOf = (file: string) => string | undefined;

/** @param names - files and folders, relative to the root. An entry that is a link is protected where it leads, too. */
export function protectedEntries(root: string, names: readonly string[]): ProtectedEntryOf {
  const entries = names.flatMap((name) => {
    const path = join(root, name);
    return [path, realPathSync(path)].map((each) => ({ name, file: alike(each) }));
  });
  return (file) => {
    const asked = alike(file);
    return entries.find((entry) => asked === entry.file || asked.startsWith(entry.file + sep))?.name;
  };
}

/** On many disks `Conf` is `conf`; where it is not, nobody should have both. */
function alike(path: string): string {
  return path.toLowerCase();
}
