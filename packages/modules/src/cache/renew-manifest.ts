import { writeAtomically } from './atomic-file.js';
import { ifTheDiskLets } from './if-the-disk-lets.js';
import type { Manifest } from './manifest.js';

/** Stores a manifest with new stamps, which makes the next load cheaper. */
export function renewManifest(path: string, manifest: Manifest): void {
  ifTheDiskLets(() => writeAtomically(path, JSON.stringify(manifest)));
}
