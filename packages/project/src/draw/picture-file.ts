import { type Boundary, createLocalFileSystem, type FileSystem, localPath } from '@flowerpower/fs';
import { isRemote } from '../remote/is-remote.js';

/** A file that a picture may be written to. */
export interface PictureFile {
  /** The real path, or the URI. */
  readonly file: string;
  /** Writes it in one step: readers see the old content or the new, never a part. */
  write(content: string | Uint8Array): Promise<void>;
}

export interface PictureProject {
  readonly boundary: Boundary;
  readonly fs: FileSystem;
  /** Absolute path, or URI. */
  readonly root: string;
}

/**
 * @param path - relative to the project, or absolute.
 * @throws FileSystemError `FP_FS_OUTSIDE_ROOT`, `FP_FS_INVALID_PATH`, `FP_FS_PROTECTED`; nothing was drawn then.
 */
export function pictureFile({ boundary, fs, root }: PictureProject, path: string): PictureFile {
  // What is read as a path of this machine is not elsewhere.
  const text = isRemote(root) ? path : localPath(path, root);
  const location = boundary.locate(text, 'file', 'write');
  // Another bucket is no place for it; the error says that a path of this machine was expected.
  if (location.kind === 'uri') throw new TypeError(localPath(path, '/'));
  if (location.kind === 'project') {
    return {
      file: location.file ?? fs.uri(location.path),
      write: async (content) => void (await fs.write(location.path, content)),
    };
  }
  return {
    file: location.file,
    async write(content) {
      const folder = createLocalFileSystem({ root: location.root });
      try {
        await folder.write(location.path, content);
      } finally {
        await folder.close();
      }
    },
  };
}
