import * as v from 'valibot';

const flag = v.optional(v.boolean());
const name = v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty')));

/** What people write who look for the place of their credentials. */
const likeCredentials = /^(?:aws_?)?(?:access_?key|secret|session_?token|credentials?$|password$|token$)/i;

/** Told of an option that is none, without its value. */
export function strayOption(issue: v.StrictObjectIssue): string {
  const { key } = issue.path?.[0] ?? {};
  return typeof key === 'string' && issue.expected === 'never' && likeCredentials.test(key)
    ? 'Credentials are no option: they are found in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in the profile that the option profile names.'
    : issue.message;
}

/** What `storageOptions.s3` may hold. Credentials are no part of it: the SDK finds them as every AWS tool does. */
export const s3Options = v.strictObject(
  {
    /** Default: `AWS_REGION`, or the region of the profile. */
    region: name,
    /** Of the shared configuration files. Default: `AWS_PROFILE`, or `default`. */
    profile: name,
    /** The address of a store other than AWS. Default: `AWS_ENDPOINT_URL_S3`, or `AWS_ENDPOINT_URL`. */
    endpoint: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^https?:\/\/./, 'must begin with http:// or https://'),
        v.regex(/^[^@]*$/, 'must hold no credentials: they are found as every AWS tool finds them'),
      ),
    ),
    /** The bucket in the path of the address, not in its host name. Default: true with an `endpoint`. */
    pathStyle: flag,
    /** When bodies carry and are checked by CRC. Default: `when_required` with an `endpoint`, else `when_supported`. */
    checksums: v.optional(v.picklist(['when_supported', 'when_required'])),
    /** Whether this account pays for what it reads from buckets that ask for it. Default: false. */
    requesterPays: flag,
  },
  strayOption,
);

export type S3Options = v.InferInput<typeof s3Options>;
