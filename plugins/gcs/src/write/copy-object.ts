import type { DriverCopy } from '@flowerpower/fs';
import { type GcsBucket, objectAt } from '../client/gcs-bucket.js';
import { isObject, type ObjectResource } from '../read/object-info.js';
import { newAttempt } from './attempt.js';
import { preconditions, underConditions } from './conditions.js';

interface Rewrite {
  readonly done: boolean;
  readonly rewriteToken?: string;
  readonly resource?: ObjectResource;
}

/** Copies an object inside its bucket. A large one takes several requests, and appears with the last. */
export async function copyObject(
  bucket: GcsBucket,
  source: ObjectResource,
  target: string,
  call: DriverCopy,
): Promise<ObjectResource> {
  const attempt = newAttempt(bucket, target, call);
  const conditions = { ...preconditions(call), ifSourceGenerationMatch: source.generation };
  const body = description(source, attempt.mark);
  const to = `${objectAt(source.name)}/rewriteTo/b/${encodeURIComponent(bucket.name)}/${objectAt(target)}`;
  return underConditions(call, async () => {
    for (let rewriteToken: string | undefined; ; ) {
      const step = await bucket.json<Rewrite>({
        method: 'POST',
        to,
        query: { ...conditions, rewriteToken },
        ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
        signal: call.signal,
        isAnswer: ({ done, resource }) => (done ? isObject(resource ?? {}) : done === false),
        async doneBefore() {
          const resource = await attempt.find();
          return resource && { done: true, resource };
        },
      });
      if (step.done) return step.resource!;
      rewriteToken = step.rewriteToken;
    }
  });
}

/** What describes the copy. Without a mark the service takes it over; otherwise it has to be told all of it. */
function description(source: ObjectResource, mark: Readonly<Record<string, string>>): Buffer | undefined {
  if (Object.keys(mark).length === 0) return undefined;
  const { contentType, contentEncoding, contentDisposition, contentLanguage, cacheControl, customTime } =
    source;
  const metadata = { ...source.metadata, ...mark };
  return Buffer.from(
    JSON.stringify({
      contentType,
      contentEncoding,
      contentDisposition,
      contentLanguage,
      cacheControl,
      customTime,
      metadata,
    }),
  );
}
