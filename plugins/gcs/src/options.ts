import * as v from 'valibot';

const name = v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty')));

/** What `storageOptions.gs` may hold. Credentials are no part of it: Google's library finds them as everywhere. */
export const gcsOptions = v.strictObject({
  /** Default: that of the credentials. */
  projectId: name,
  /** The address of another server, an emulator for example, which is asked without credentials. */
  endpoint: v.optional(
    v.pipe(v.string(), v.regex(/^https?:\/\/[^@]+$/, 'must be an http(s):// address without credentials')),
  ),
  /** The project that pays for requests to buckets that ask for one. */
  userProject: name,
});

export type GcsOptions = v.InferInput<typeof gcsOptions>;
