/** What lies beside the data of a folder: its manifest, the notes of saves under way, locks. */
import { type FileInfo, joinPath } from '@flowerpower/fs';
import type { FolderPlace } from './manifest.js';

/** The files in a folder whose names begin with `_`. They follow each other, so that few of a large folder are listed. */
export async function privateFiles({
  fs,
  folder,
  signal,
}: Omit<FolderPlace, 'shown'>): Promise<(FileInfo & { readonly name: string })[]> {
  const found: (FileInfo & { readonly name: string })[] = [];
  for await (const info of fs.list(folder, { signal, startAfter: joinPath(folder, '_') })) {
    const name = info.path.slice(info.path.lastIndexOf('/') + 1);
    if (!name.startsWith('_')) break;
    if (info.type === 'file') found.push({ ...info, name });
  }
  return found;
}
