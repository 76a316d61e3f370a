/** The objects of a bucket as files and directories. */
import { compareKeys, type DriverList, type FileInfo } from '@flowerpower/fs';
import type { S3Bucket } from '../client/s3-bucket.js';
import { listObjects, type ListedObject } from './list-objects.js';

export async function* listDirectory(
  bucket: S3Bucket,
  path: string,
  { recursive, includeDirs, startAfter, signal }: DriverList,
): AsyncGenerator<FileInfo, void> {
  const prefix = path === '' ? '' : `${path}/`;
  // The directories above the last key: all keys below one of them follow each other.
  let above: readonly string[] = [];
  for await (const entry of listObjects(bucket, { prefix, byLevel: !recursive, startAfter, signal })) {
    if (!canBeNamed(entry.key)) continue;
    const directories = directoriesOf(entry.key, prefix);
    if (includeDirs) {
      for (const key of directories) {
        const isNew = !above.includes(key) && (startAfter === undefined || compareKeys(key, startAfter) > 0);
        if (isNew) yield { path: key.slice(0, -1), type: 'directory' };
      }
    }
    above = directories;
    // An empty object whose name ends in a slash is what other tools make of a directory.
    if (entry.object !== undefined && !entry.key.endsWith('/')) yield fileInfo(entry.key, entry.object);
  }
}

/** Every directory between the listed one and the key, with its slash; the key itself too if it has one. */
function directoriesOf(key: string, prefix: string): string[] {
  const directories: string[] = [];
  for (let slash = key.indexOf('/', prefix.length); slash !== -1; slash = key.indexOf('/', slash + 1)) {
    directories.push(key.slice(0, slash + 1));
  }
  return directories;
}

/** Whether a path can say this key; see the rules of paths in `@flowerpower/fs`. */
function canBeNamed(key: string): boolean {
  const segments = (key.endsWith('/') ? key.slice(0, -1) : key).split('/');
  return (
    !segments.some((segment) => segment === '' || segment === '.' || segment === '..') &&
    !/[\0\r\n]/.test(key)
  );
}

function fileInfo(path: string, { size, mtime, etag }: NonNullable<ListedObject['object']>): FileInfo {
  return {
    path,
    type: 'file',
    size,
    ...(mtime !== undefined && { mtime }),
    ...(etag !== undefined && { version: etag, etag }),
  };
}
