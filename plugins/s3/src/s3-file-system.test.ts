/** The filesystem contract on real servers. */
import { describe, test } from 'vitest';
import { type FileSystemRule, fileSystemContract } from '@flowerpower/fs/testing';
import { isMissing, s3Server, type S3ServerName } from './__fixtures__/s3-server.js';
import { createS3FileSystem } from './create-s3-file-system.js';

type Deviations = Partial<Record<FileSystemRule, string>>;

const deviations: Record<S3ServerName, Deviations> = {
  versitygw: {
    'without real directories, x and x/y may both be files': 'it keeps objects as files of its machine',
  },
  moto: { 'copy and move obey conditions': 'it ignores If-Match when an upload in parts is completed' },
};

describe.for(['versitygw', 'moto'] as const)('%s', (name) => {
  // `npm run servers` installs it.
  describe.skipIf(isMissing(name))('as a filesystem', () => {
    const server = s3Server(name);
    fileSystemContract(
      { describe, test },
      {
        name: `s3 on ${name}`,
        create: async () =>
          createS3FileSystem({ bucket: await server.newBucket(), endpoint: server.endpoint }),
      },
      deviations[name],
    );
  });
});
