import { FileSystemError } from '@flowerpower/fs';
import * as v from 'valibot';

const name = v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty')));

/** What people write who look for the place of their credentials. */
const likeCredentials =
  /^(?:key_?(?:file|id)|(?:application_?)?credentials?|private_?key|client_?email|(?:access_?)?token$)/i;

/** Told of an option that is none, without its value. */
function strayOption(issue: v.StrictObjectIssue): string {
  const { key } = issue.path?.[0] ?? {};
  return typeof key === 'string' && issue.expected === 'never' && likeCredentials.test(key)
    ? 'Credentials are no option: the file that GOOGLE_APPLICATION_CREDENTIALS names holds them, or what gcloud auth application-default login has stored.'
    : issue.message;
}

/** What `storageOptions.gs` may hold. Credentials are no part of it: Google's library finds them as everywhere. */
export const gcsOptions = v.strictObject(
  {
    /** Default: that of the credentials. */
    projectId: name,
    /** The address of another server, an emulator for example, which is asked without credentials. */
    endpoint: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^https?:\/\/./, 'must begin with http:// or https://'),
        v.regex(/^[^@]*$/, 'must hold no credentials'),
      ),
    ),
    /** The project that pays for requests to buckets that ask for one. */
    userProject: name,
  },
  strayOption,
);

export type GcsOptions = v.InferInput<typeof gcsOptions>;

export interface GcsFileSystemOptions extends GcsOptions {
  /** The name of the bucket, which exists: small letters, digits, `-`, `_` and `.`. */
  readonly bucket: string;
}

const isBucket = "must be the name of a bucket: 3 to 222 small letters, digits, '.', '-' and '_'";
const fileSystemOptions = v.strictObject(
  {
    bucket: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/, isBucket)),
    ...gcsOptions.entries,
  },
  strayOption,
);

/** The options, or an error that names every fault. */
export function requireFileSystemOptions(options: unknown): GcsFileSystemOptions {
  const { issues, output } = v.safeParse(fileSystemOptions, options, { abortPipeEarly: true });
  if (issues === undefined) return output;
  throw new FileSystemError({
    reason: 'BadOption',
    op: 'createGcsFileSystem',
    uri: '',
    backend: 'gcs',
    message: `createGcsFileSystem: ${issues.map(faultOf).join(' ')}`,
  });
}

function faultOf(issue: v.BaseIssue<unknown>): string {
  const key = issue.path?.[0]?.key as string | undefined;
  if (key === undefined) return `The options must be an object, not ${issue.received}.`;
  if (issue.kind === 'validation') return `${key} ${issue.message}.`;
  if (issue.expected === 'never') {
    const known = `the options are: ${Object.keys(fileSystemOptions.entries).join(', ')}.`;
    const advice = issue.message.startsWith('Invalid') ? '' : ` ${issue.message}`;
    return `There is no option '${key}'; ${known}${advice}`;
  }
  const isAbsent = issue.received === 'undefined';
  return isAbsent ? `${key} is missing.` : `${key} must be a text.`;
}
