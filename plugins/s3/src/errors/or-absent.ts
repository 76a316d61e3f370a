import { DriverFailure } from '@flowerpower/fs';

/** What a call gives; undefined when what it is about is no longer there, as another was faster. A missing bucket is an error. */
export async function orAbsent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const isAbsent = error instanceof DriverFailure && error.failure.reason === 'NotFound';
    if (isAbsent && (error.cause as Error | undefined)?.name !== 'NoSuchBucket') return undefined;
    throw error;
  }
}
