import { DriverFailure, filesFromKeys, type FileSystemDriver, prefixOf } from '@flowerpower/fs';
import { gcsBucket } from './client/gcs-bucket.js';
import { connect } from './client/gcs-client.js';
import { signedUrl } from './client/signed-url.js';
import { listObjects } from './list/list-objects.js';
import type { GcsOptions } from './options.js';
import { getObject } from './read/get-object.js';
import { objectInfo } from './read/object-info.js';
import { openObject } from './read/open-object.js';
import { copyObject } from './write/copy-object.js';
import { deleteObject, deleteObjects } from './write/delete-object.js';
import { objectWriter } from './write/object-writer.js';

export interface GcsDriverOptions extends GcsOptions {
  readonly bucket: string;
}

/** The calls of the contract, on one bucket. */
export function gcsDriver({ bucket: name, ...options }: GcsDriverOptions): FileSystemDriver {
  const connection = connect(options);
  const bucket = gcsBucket(connection, name, options.userProject);

  async function hasChildren(path: string, signal: AbortSignal | undefined): Promise<boolean> {
    const prefix = prefixOf(path);
    for await (const _child of listObjects(bucket, { prefix, byLevel: false, limit: 1, signal })) return true;
    return false;
  }

  /** What a call on a file says when no object is there. */
  async function noFile(path: string, signal: AbortSignal | undefined): Promise<DriverFailure> {
    const isDirectory = path === '' || (await hasChildren(path, signal));
    return new DriverFailure(isDirectory ? 'IsDirectory' : 'NotFound');
  }

  return {
    backend: 'gcs',
    scheme: 'gs',
    capabilities: { casWrite: 'atomic', metadata: true, realDirectories: false },
    uri: (path) => `gs://${name}/${path}`,
    classify: () => undefined,

    async stat(path, { signal }) {
      const object = path === '' ? undefined : await getObject(bucket, path, signal);
      if (object !== undefined) return objectInfo(object);
      // The root is a directory also while nothing is in it, if only the bucket is there.
      if ((await hasChildren(path, signal)) || path === '') return { path, type: 'directory' };
      throw new DriverFailure('NotFound');
    },
    async openRead(path, call) {
      if (path === '') throw new DriverFailure('IsDirectory');
      try {
        return await openObject(bucket, path, call);
      } catch (error) {
        const absent = error instanceof DriverFailure && error.failure.reason === 'NotFound';
        throw absent ? await noFile(path, call.signal) : error;
      }
    },
    openWrite: (path, call) => objectWriter(bucket, path, call),
    list(path, call) {
      const { recursive, startAfter, signal } = call;
      const prefix = prefixOf(path);
      return filesFromKeys(
        listObjects(bucket, { prefix, byLevel: !recursive, startAt: startAfter, signal }),
        path,
        call,
      );
    },
    async copy(source, target, call) {
      const object = source === '' ? undefined : await getObject(bucket, source, call.signal);
      if (object === undefined) throw await noFile(source, call.signal);
      return objectInfo(await copyObject(bucket, object, target, call));
    },
    async delete(path, { signal }) {
      if (await deleteObject(bucket, path, signal)) return;
      throw await noFile(path, signal);
    },
    async deleteDir(path, { signal }) {
      let deleted = 0;
      const keys = (async function* () {
        for await (const { key } of listObjects(bucket, { prefix: prefixOf(path), byLevel: false, signal })) {
          if (!key.endsWith('/')) deleted++;
          yield key;
        }
      })();
      await deleteObjects(bucket, keys, signal);
      if (deleted === 0 && path !== '' && (await getObject(bucket, path, signal)) !== undefined) {
        throw new DriverFailure('NotDirectory', 'it is a file');
      }
      return { deleted };
    },
    signedUrl: (path, urlOptions) => signedUrl(bucket, path, urlOptions),
    close: async () => connection.close(),
  };
}
