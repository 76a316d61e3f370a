/** What happens when the store, or the way to it, fails. */
import { describe } from 'vitest';
import { storeFaults } from '../../../tools/servers/store-faults.js';
import { gcsServer, isMissing } from './__fixtures__/gcs-server.js';
import { createGcsFileSystem } from './create-gcs-file-system.js';

describe.skipIf(isMissing)('a store that fails', () => {
  const server = gcsServer();
  storeFaults({
    get endpoint() {
      return server.endpoint;
    },
    newBucket: () => server.newBucket(),
    open: (bucket, endpoint) => createGcsFileSystem({ bucket, endpoint }),
    // A session that was begun cannot be seen.
    unfinished: async () => 0,
    denied: { status: 403, body: '{"error":{"message":"no"}}' },
    busy: { status: 503, body: '' },
    versionAskedBy: ({ url }) => new URL(url, 'http://x').searchParams.get('ifGenerationMatch'),
    writes: ({ method }) => method === 'POST',
    completes: ({ method, headers }) =>
      method === 'PUT' && !/-\d+\/\*$/.test(String(headers['content-range'])),
  });
});
