import * as v from 'valibot';

const flag = v.optional(v.boolean());
const name = v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty')));

/** What `storageOptions.s3` may hold. Credentials are no part of it: the SDK finds them as every AWS tool does. */
export const s3Options = v.strictObject({
  /** Default: `AWS_REGION`, or the region of the profile. */
  region: name,
  /** Of the shared configuration files. Default: `AWS_PROFILE`, or `default`. */
  profile: name,
  /** The address of a store other than AWS. */
  endpoint: v.optional(
    v.pipe(v.string(), v.regex(/^https?:\/\/[^@]+$/, 'must be an http(s):// address without credentials')),
  ),
  /** The bucket in the path of the address, not in its host name. Default: true with an `endpoint`. */
  pathStyle: flag,
  /** When bodies carry and are checked by CRC. Default: `when_required` with an `endpoint`, else `when_supported`. */
  checksums: v.optional(v.picklist(['when_supported', 'when_required'])),
  /** Whether this account pays for what it reads from buckets that ask for it. Default: false. */
  requesterPays: flag,
});

export type S3Options = v.InferInput<typeof s3Options>;
