/** The filesystem contract on a real server. */
import { describe, test } from 'vitest';
import { fileSystemContract } from '@flowerpower/fs/testing';
import { deviations } from './__fixtures__/deviations.js';
import { gcsServer, isMissing } from './__fixtures__/gcs-server.js';
import { createGcsFileSystem } from './create-gcs-file-system.js';

// `npm run servers` installs it.
describe.skipIf(isMissing)('as a filesystem', () => {
  const server = gcsServer();
  fileSystemContract(
    { describe, test },
    {
      name: 'gcs on fake-gcs-server',
      create: async () =>
        createGcsFileSystem({ bucket: await server.newBucket(), endpoint: server.endpoint }),
    },
    deviations['fake-gcs-server'],
  );
});
