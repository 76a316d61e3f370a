import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isRacy, sameStamp, stampOf, statPath } from '../files/file-stamp.js';
import type { SourceText } from '../files/source-text.js';
import type { Manifest, StampedFile } from './manifest.js';

/**
 * What a manifest is worth now. `renewed`: every content is the same but stamps changed or could not be trusted;
 * storing the renewed manifest makes the next check cheap again.
 */
export type ManifestCheck =
  | { readonly state: 'fresh' | 'stale' }
  | { readonly state: 'renewed'; readonly manifest: Manifest };

/** @param read - reads a source text; asked for files only whose stamp does not settle the matter. */
export async function checkManifest(
  manifest: Manifest,
  cacheDirectory: string,
  read: (path: string) => Promise<SourceText>,
): Promise<ManifestCheck> {
  if (!manifest.absent.every((path) => statPath(path) === undefined)) return { state: 'stale' };
  if (!manifest.links.every(([path, target]) => leadsTo(path, target))) return { state: 'stale' };
  for (const { output } of manifest.sources) {
    const stats = statPath(join(cacheDirectory, output.name));
    if (stats?.size !== output.size || stats.mtimeMs !== output.mtimeMs) return { state: 'stale' };
  }
  const readAtMs = Date.now();
  const sources = await renewAll(manifest.sources, manifest.readAtMs, read);
  const inputs = sources && (await renewAll(manifest.inputs, manifest.readAtMs, read));
  if (sources === undefined || inputs === undefined) return { state: 'stale' };
  if (sources === manifest.sources && inputs === manifest.inputs) return { state: 'fresh' };
  return { state: 'renewed', manifest: { ...manifest, readAtMs, sources, inputs } };
}

/** The same list when no file needed reading, one with new stamps when contents are equal, else undefined. */
async function renewAll<File extends StampedFile>(
  files: readonly File[],
  readAtMs: number,
  read: (path: string) => Promise<SourceText>,
): Promise<readonly File[] | undefined> {
  let changed = false;
  const renewed: File[] = [];
  for (const file of files) {
    const stats = statPath(file.path);
    if (stats === undefined || !stats.isFile()) return undefined;
    if (sameStamp(stampOf(stats), file) && !isRacy(file, readAtMs)) {
      renewed.push(file);
      continue;
    }
    const { hash, stamp } = await read(file.path);
    if (hash !== file.hash) return undefined;
    renewed.push({ ...file, ...stamp });
    changed = true;
  }
  return changed ? renewed : files;
}

function leadsTo(path: string, target: string): boolean {
  try {
    return realpathSync.native(path) === target;
  } catch {
    return false;
  }
}
