import { DriverFailure, filesFromKeys, type FileSystemDriver, objectLookup, prefixOf } from '@flowerpower/fs';
import { s3Bucket } from './client/s3-bucket.js';
import { checksumPolicy, connect } from './client/s3-client.js';
import { deleteObject, deleteObjects } from './write/delete-objects.js';
import { listObjects } from './list/list-objects.js';
import { unfinishedUploads } from './list/unfinished-uploads.js';
import { orAbsent } from './errors/or-absent.js';
import type { S3Options } from './options.js';
import { headObject } from './read/head-object.js';
import { openObject } from './read/open-object.js';
import { copyObject } from './write/copy-object.js';
import { requireDescribable } from './write/require-describable.js';
import { objectWriter } from './write/object-writer.js';
import { signedUrl } from './client/signed-url.js';

export interface S3DriverOptions extends S3Options {
  readonly bucket: string;
}

/** The ten calls of the contract, on one bucket. */
export function s3Driver({ bucket: name, ...given }: S3DriverOptions): FileSystemDriver {
  const options = { ...given, endpoint: given.endpoint ?? endpointOfEnvironment() };
  const connection = connect(options);
  const bucket = s3Bucket(connection, checksumPolicy(options) === 'when_supported', {
    Bucket: name,
    ...(options.requesterPays && { RequestPayer: 'requester' as const }),
  });
  const live = new Set<string>();

  const lookup = objectLookup({
    head: (key, signal) => headObject(bucket, key, signal),
    list: (prefix, signal) => listObjects(bucket, { prefix, byLevel: false, limit: 1, signal }),
    infoOf: (info) => info,
  });

  return {
    backend: 's3',
    scheme: 's3',
    capabilities: { casWrite: 'atomic', metadata: true, realDirectories: false },
    uri: (path) => `s3://${name}/${path}`,
    classify: () => undefined,

    stat: lookup.stat,
    openRead: (path, call) => lookup.opened(path, call.signal, () => openObject(bucket, path, call)),
    async openWrite(path, call) {
      requireDescribable(call);
      return objectWriter(bucket, path, call, live);
    },
    list(path, call) {
      const { recursive, startAfter, signal } = call;
      const keys = listObjects(bucket, { prefix: prefixOf(path), byLevel: !recursive, startAfter, signal });
      return filesFromKeys(keys, path, call);
    },
    async copy(source, target, call) {
      return copyObject(bucket, await lookup.object(source, call.signal), target, call, live);
    },
    async delete(path, call) {
      await lookup.object(path, call.signal);
      await deleteObject(bucket, path, call);
    },
    async deleteDir(path, { signal }) {
      const prefix = prefixOf(path);
      let deleted = 0;
      let batch: string[] = [];
      for await (const { key } of listObjects(bucket, { prefix, byLevel: false, signal })) {
        if (!key.endsWith('/')) deleted++;
        if (batch.push(key) < 1000) continue;
        await deleteObjects(bucket, batch, signal);
        batch = [];
      }
      await deleteObjects(bucket, batch, signal);
      if (deleted === 0 && path !== '' && (await headObject(bucket, path, signal)) !== undefined) {
        throw new DriverFailure('NotDirectory', 'it is a file');
      }
      return { deleted };
    },
    async *listUnfinished(path, call) {
      for await (const { path: key, size, mtime, writer } of unfinishedUploads(bucket, path, call, live)) {
        yield { path: key, size, mtime, writer };
      }
    },
    async deleteUnfinished(path, call) {
      let deleted = 0;
      let sizeBytes = 0;
      for await (const { path: Key, uploadId, size, writer } of unfinishedUploads(bucket, path, call, live)) {
        if (writer !== 'dead') continue;
        await orAbsent(
          bucket.send(call.signal, (client, { AbortMultipartUploadCommand }, target, options) =>
            client.send(new AbortMultipartUploadCommand({ ...target, Key, UploadId: uploadId }), options),
          ),
        );
        deleted++;
        sizeBytes += size;
      }
      return { deleted, sizeBytes };
    },
    signedUrl: async (path, urlOptions) => signedUrl(bucket, await connection.signer(), path, urlOptions),
    close: () => connection.close(),
  };
}

/** As the SDK reads it; a store is treated alike however its address is told. */
function endpointOfEnvironment(): string | undefined {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  return AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL || undefined;
}
