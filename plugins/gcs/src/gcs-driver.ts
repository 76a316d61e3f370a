import { DriverFailure, filesFromKeys, type FileSystemDriver, objectLookup, prefixOf } from '@flowerpower/fs';
import { gcsBucket } from './client/gcs-bucket.js';
import { connect } from './client/gcs-client.js';
import { signedUrl } from './client/signed-url.js';
import { listObjects } from './list/list-objects.js';
import type { GcsFileSystemOptions } from './options.js';
import { getObject } from './read/get-object.js';
import { objectInfo } from './read/object-info.js';
import { openObject } from './read/open-object.js';
import { copyObject } from './write/copy-object.js';
import { deleteObject, deleteObjects } from './write/delete-object.js';
import { objectWriter } from './write/object-writer.js';

/** The calls of the contract, on one bucket. */
export function gcsDriver({ bucket: name, ...options }: GcsFileSystemOptions): FileSystemDriver {
  const connection = connect(options);
  const bucket = gcsBucket(connection, name, options.userProject);

  const lookup = objectLookup({
    head: (key, signal) => getObject(bucket, key, signal),
    list: (prefix, signal) => listObjects(bucket, { prefix, byLevel: false, limit: 1, signal }),
    infoOf: objectInfo,
  });

  return {
    backend: 'gcs',
    scheme: 'gs',
    capabilities: { casWrite: 'atomic', metadata: true, realDirectories: false },
    uri: (path) => `gs://${name}/${path}`,
    classify: () => undefined,

    stat: lookup.stat,
    openRead: (path, call) => lookup.opened(path, call.signal, () => openObject(bucket, path, call)),
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
      const object = await lookup.object(source, call.signal);
      return objectInfo(await copyObject(bucket, object, target, call));
    },
    async delete(path, call) {
      if (await deleteObject(bucket, path, call)) return;
      throw await lookup.noFile(path, call.signal);
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
