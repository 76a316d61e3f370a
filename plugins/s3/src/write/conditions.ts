/** What the store is told about the object that a write replaces, and what its refusal means. */
import { DriverFailure, type FileInfo, type WriteConditions } from '@flowerpower/fs';
import { matchHeader } from '../client/match-header.js';

export function conditionHeaders({ ifNotExists, ifMatch }: WriteConditions) {
  return { ...(ifNotExists && { IfNoneMatch: '*' }), ...matchHeader(ifMatch) };
}

/** Runs a write under conditions. */
export async function underConditions<T>(
  { ifNotExists, ifMatch }: WriteConditions,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof DriverFailure)) throw error;
    const { reason } = error.failure;
    if (ifNotExists && reason === 'PreconditionFailed')
      throw new DriverFailure('AlreadyExists', undefined, error.cause);
    // With If-Match a store answers 404 when nothing is there that could match.
    if (ifMatch !== undefined && reason === 'NotFound') {
      throw new DriverFailure('PreconditionFailed', 'it no longer exists', error.cause);
    }
    throw error;
  }
}

/** What is known of an object when it has been written. */
export function writtenInfo(path: string, size: number, etag: string): FileInfo {
  return { path, type: 'file', size, version: etag, etag };
}
