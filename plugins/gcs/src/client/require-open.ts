import { DriverFailure } from '@flowerpower/fs';
import type { GcsConnection } from './gcs-client.js';

/** @throws DriverFailure when the filesystem was closed since a call began that noted `closings` then. */
export function requireOpen(connection: Pick<GcsConnection, 'closings'>, closings: number): void {
  if (connection.closings > closings) throw new DriverFailure('Aborted', 'the filesystem was closed');
}
