import { createLocalFileSystem } from '@flowerpower/fs';

/** Writes a file into a local folder in one step: readers see the old content or the new, never a part. */
export async function saveFile(dir: string, name: string, content: string | Uint8Array): Promise<void> {
  const fs = createLocalFileSystem({ root: dir });
  try {
    await fs.write(name, content);
  } finally {
    await fs.close();
  }
}
