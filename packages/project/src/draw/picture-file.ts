import { type Boundary, createLocalFileSystem, localPath } from '@flowerpower/fs';

/** A file of this machine that a picture may be written to. */
export interface PictureFile {
  /** The real path. */
  readonly file: string;
  /** Writes it in one step: readers see the old content or the new, never a part. */
  write(content: string | Uint8Array): Promise<void>;
}

/**
 * @param path - relative to the project, or absolute.
 * @throws FileSystemError `FP_FS_OUTSIDE_ROOT`, `FP_FS_INVALID_PATH`, `FP_FS_PROTECTED`; nothing was drawn then.
 */
export function pictureFile(boundary: Boundary, root: string, path: string): PictureFile {
  const location = boundary.locate(localPath(path, root), 'file', 'write');
  // What is read as a path of this machine is not elsewhere.
  if (location.kind === 'uri' || location.file === undefined) throw new TypeError(`No local path: ${path}`);
  const folder = location.kind === 'folder' ? location.root : root;
  return {
    file: location.file,
    async write(content) {
      const fs = createLocalFileSystem({ root: folder });
      try {
        await fs.write(location.path, content);
      } finally {
        await fs.close();
      }
    },
  };
}
