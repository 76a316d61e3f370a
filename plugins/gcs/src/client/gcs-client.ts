/** Google's library behind one filesystem, imported at its first call: credentials, addresses, signatures. */
import type { File, Storage } from '@google-cloud/storage';
import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { credentialFailure } from '../errors/credential-failure.js';
import type { GcsOptions } from '../options.js';
import { emulatorEndpoint } from './emulator-endpoint.js';

export interface GcsConnection {
  readonly agent: HttpAgent;
  readonly underWay: Set<ClientRequest>;
  /** How often it was closed: a call that sees this change has been ended. */
  readonly closings: number;
  /** The address of the API, without a slash at its end. */
  endpoint(): Promise<string>;
  /** What authorises a request; new whenever the old one is about to expire. */
  authorization(): Promise<Readonly<Record<string, string>>>;
  file(bucket: string, key: string): Promise<File>;
  /** A new digest of bytes to come. */
  crc32c(): Promise<{ update(bytes: Buffer): void; toString(): string }>;
  /** Ends the requests under way. */
  close(): void;
}

/**
 * Far below the files that a process may have open, 1024 where it is least; far above the streams that anyone leaves unread,
 * each of which keeps its connection. Who finds none free waits.
 */
const maxConnections = 256;

export function connect(options: GcsOptions): GcsConnection {
  const { projectId } = options;
  const endpoint = options.endpoint ?? emulatorEndpoint(process.env['STORAGE_EMULATOR_HOST']);
  const isPlain = endpoint?.startsWith('http:');
  const agent = new (isPlain ? HttpAgent : HttpsAgent)({ keepAlive: true, maxSockets: maxConnections });
  const underWay = new Set<ClientRequest>();
  let closings = 0;
  let opening: Promise<{ sdk: typeof import('@google-cloud/storage'); storage: Storage }> | undefined;
  const open = async () => {
    const sdk = await import('@google-cloud/storage');
    const own = endpoint === undefined ? {} : { apiEndpoint: endpoint, useAuthWithCustomEndpoint: false };
    return { sdk, storage: new sdk.Storage({ ...own, ...(projectId !== undefined && { projectId }) }) };
  };
  const opened = () => (opening ??= open());
  return {
    agent,
    underWay,
    get closings() {
      return closings;
    },
    endpoint: async () => endpoint?.replace(/\/+$/, '') ?? (await opened()).storage.apiEndpoint,
    async authorization() {
      if (endpoint !== undefined) return {};
      const { storage } = await opened();
      try {
        return await storage.authClient.getRequestHeaders();
      } catch (error) {
        throw credentialFailure(error);
      }
    },
    file: async (bucket, key) => (await opened()).storage.bucket(bucket).file(key),
    async crc32c() {
      const { CRC32C } = (await opened()).sdk;
      return new CRC32C();
    },
    close() {
      closings++;
      for (const request of underWay) request.destroy();
      agent.destroy();
    },
  };
}
