import type { DriverCopy } from '@flowerpower/fs';
import { type GcsBucket, objectAt } from '../client/gcs-bucket.js';
import type { ObjectResource } from '../read/object-info.js';
import { orAlreadyWritten } from './already-written.js';
import { preconditions, underConditions } from './conditions.js';

interface Rewrite {
  readonly done: boolean;
  readonly rewriteToken?: string;
  readonly resource?: ObjectResource;
}

/** Copies an object inside its bucket. A large one takes several requests, and appears with the last. */
export function copyObject(
  bucket: GcsBucket,
  source: ObjectResource,
  target: string,
  call: DriverCopy,
): Promise<ObjectResource> {
  const to = `${objectAt(source.name)}/rewriteTo/b/${encodeURIComponent(bucket.name)}/${objectAt(target)}`;
  const rewrite = async (): Promise<ObjectResource> => {
    let rewriteToken: string | undefined;
    for (;;) {
      const query = { ...preconditions(call), ifSourceGenerationMatch: source.generation, rewriteToken };
      const step = await bucket.json<Rewrite>({ method: 'POST', to, query, signal: call.signal });
      if (step.done) return step.resource!;
      rewriteToken = step.rewriteToken;
    }
  };
  return underConditions(call, () => orAlreadyWritten(bucket, target, source.crc32c ?? '', rewrite));
}
