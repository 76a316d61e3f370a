/** What the service is told about the object that a write replaces, and what its refusal means. */
import { DriverFailure, type WriteConditions } from '@flowerpower/fs';

/** Generation 0 is that of an object that does not exist. */
export function preconditions({ ifNotExists, ifMatch }: WriteConditions): { ifGenerationMatch?: string } {
  if (ifNotExists) return { ifGenerationMatch: '0' };
  return ifMatch === undefined ? {} : { ifGenerationMatch: ifMatch };
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
