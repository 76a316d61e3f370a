/** The filesystem contract on real servers. */
import { describe, test } from 'vitest';
import { fileSystemContract } from '@flowerpower/fs/testing';
import { deviations } from './__fixtures__/deviations.js';
import { isMissing, s3Server } from './__fixtures__/s3-server.js';
import { createS3FileSystem } from './create-s3-file-system.js';

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
