/** A real server for the tests of one file, and buckets on it. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { isInstalled, type RunningServer, startServer } from '../../../../tools/servers/servers.mjs';
import { setVariables } from '../../../../tools/servers/set-variables.js';
import { type UploadSessions, uploadSessions } from './upload-sessions.js';

/** Whether the tests have to be skipped. In CI they fail instead. */
export const isMissing =
  !isInstalled('fake-gcs-server') && process.env['FLOWERPOWER_REQUIRE_SERVERS'] === undefined;

export interface GcsServer {
  readonly endpoint: string;
  /** Past the sessions that the service keeps better than the server. */
  readonly bareEndpoint: string;
  readonly sessions: UploadSessions;
  newBucket(): Promise<string>;
}

/** Starts the server before the tests of the suite that calls this, and ends it after them. */
export function gcsServer(): GcsServer {
  let server: RunningServer;
  let sessions: UploadSessions;
  let folder: string;
  let restore: () => void;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flowerpower-gcs-'));
    restore = setVariables({ GOOGLE_APPLICATION_CREDENTIALS: serviceAccount(folder) });
    server = await startServer('fake-gcs-server');
    sessions = await uploadSessions(server.endpoint);
  });
  afterAll(async () => {
    restore();
    await sessions.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  return {
    get endpoint() {
      return sessions.endpoint;
    },
    get bareEndpoint() {
      return server.endpoint;
    },
    get sessions() {
      return sessions;
    },
    async newBucket() {
      const name = `fp-${randomUUID()}`;
      const body = JSON.stringify({ name });
      const { status } = await fetch(`${server.endpoint}/storage/v1/b?project=p`, { method: 'POST', body });
      if (status !== 200) throw new Error(`The bucket could not be made: ${status}.`);
      return name;
    },
  };
}

/** An account that nobody knows can sign too. */
function serviceAccount(folder: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const file = join(folder, 'account.json');
  const account = {
    type: 'service_account',
    project_id: 'p',
    client_email: 'tests@p.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
  writeFileSync(file, JSON.stringify(account));
  return file;
}
