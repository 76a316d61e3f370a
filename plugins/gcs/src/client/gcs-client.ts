/** Google's library behind one filesystem, imported at its first call: credentials, addresses, signatures. */
import type { File, Storage } from '@google-cloud/storage';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { GcsOptions } from '../options.js';

export interface GcsConnection {
  readonly agent: HttpAgent;
  /** The address of the API, without a slash at its end. */
  endpoint(): Promise<string>;
  /** What authorises a request; new whenever the old one is about to expire. */
  authorization(): Promise<Readonly<Record<string, string>>>;
  file(bucket: string, key: string): Promise<File>;
  /** A new digest of bytes to come. */
  crc32c(): Promise<{ update(bytes: Buffer): void; toString(): string }>;
  close(): void;
}

export function connect({ projectId, endpoint }: GcsOptions): GcsConnection {
  const agent = new (endpoint?.startsWith('http:') ? HttpAgent : HttpsAgent)({ keepAlive: true });
  let opening: Promise<{ sdk: typeof import('@google-cloud/storage'); storage: Storage }> | undefined;
  const open = async () => {
    const sdk = await import('@google-cloud/storage');
    const own = endpoint === undefined ? {} : { apiEndpoint: endpoint, useAuthWithCustomEndpoint: false };
    return { sdk, storage: new sdk.Storage({ ...own, ...(projectId !== undefined && { projectId }) }) };
  };
  const opened = () => (opening ??= open());
  return {
    agent,
    endpoint: async () => (await opened()).storage.apiEndpoint.replace(/\/$/, ''),
    async authorization() {
      if (endpoint !== undefined) return {};
      const { storage } = await opened();
      return storage.authClient.getRequestHeaders();
    },
    file: async (bucket, key) => (await opened()).storage.bucket(bucket).file(key),
    async crc32c() {
      const { CRC32C } = (await opened()).sdk;
      return new CRC32C();
    },
    close: () => agent.destroy(),
  };
}
