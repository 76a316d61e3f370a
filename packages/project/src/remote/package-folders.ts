import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The `node_modules` in which the packages of a project that lies elsewhere are looked for: those around the working
 * folder, the nearest first, then those around this program.
 */
export function packageFolders(workingFolder: string): string[] {
  const own = dirname(fileURLToPath(import.meta.url));
  return [...new Set([...around(workingFolder), ...around(own)])];
}

function around(start: string): string[] {
  const found: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    const packages = folder.endsWith('node_modules') ? folder : join(folder, 'node_modules');
    if (existsSync(packages)) found.push(packages);
    if (dirname(folder) === folder) return found;
  }
}
