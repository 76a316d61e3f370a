import { writeAtomically } from './atomic-file.js';
import type { Manifest } from './manifest.js';

/** Stores a manifest with new stamps. It only makes the next load cheaper, so a cache that is read-only now is fine. */
export function renewManifest(path: string, manifest: Manifest): void {
  try {
    writeAtomically(path, JSON.stringify(manifest));
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
