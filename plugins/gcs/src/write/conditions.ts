/** What the service is told about the object that a write replaces, and what its refusal means. */
import { DriverFailure, type WriteConditions } from '@flowerpower/fs';
import { isGeneration } from '../read/object-info.js';

/** Generation 0 is that of an object that does not exist. */
export function preconditions({ ifNotExists, ifMatch }: WriteConditions): { ifGenerationMatch?: string } {
  if (ifNotExists) return { ifGenerationMatch: '0' };
  if (ifMatch === undefined) return {};
  // The service takes 0 for "none is there", and refuses other texts as malformed: no object is of such a version.
  if (!isGeneration(ifMatch)) throw new DriverFailure('PreconditionFailed');
  return { ifGenerationMatch: ifMatch };
}

/** Runs a write under conditions. */
export async function underConditions<T>(
  { ifNotExists }: WriteConditions,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const refused = error instanceof DriverFailure && error.failure.reason === 'PreconditionFailed';
    if (refused && ifNotExists) throw new DriverFailure('AlreadyExists', undefined, error.cause);
    throw error;
  }
}
