import { FileSystemError } from '@flowerpower/fs';
import * as v from 'valibot';
import { s3Options, strayOption } from './options.js';

const bucketAndOptions = v.strictObject(
  {
    bucket: v.pipe(v.string('must be a text'), v.regex(/^[\w.:/-]+$/, 'must be the name of a bucket')),
    ...s3Options.entries,
  },
  strayOption,
);

/** The options of a filesystem. @throws FileSystemError `FP_FS_BAD_OPTION`, naming every option that does not fit. */
export function checkedOptions(options: unknown): v.InferOutput<typeof bucketAndOptions> {
  const checked = v.safeParse(bucketAndOptions, options);
  if (checked.success) return checked.output;
  const op = 'createS3FileSystem';
  const message = `${op}: ${checked.issues.map(sentence).join(' ')}`;
  throw new FileSystemError({ reason: 'BadOption', op, uri: '', backend: 's3', message });
}

/** What is wrong, without the value, which may be a secret at the wrong place. */
function sentence({ path, type, expected, message, received }: v.BaseIssue<unknown>): string {
  const name = path?.[0]?.key;
  if (typeof name !== 'string') return `The options must be an object, not ${received}.`;
  if (type === 'strict_object' && expected === 'never') {
    const known = `the options are: ${Object.keys(bucketAndOptions.entries).join(', ')}.`;
    const advice = message.startsWith('Invalid') ? '' : ` ${message}`;
    return `There is no option '${name}'; ${known}${advice}`;
  }
  if (type === 'strict_object') return `${name} must be given.`;
  return message.startsWith('must')
    ? `${name} ${message}.`
    : `${name} must be ${expected ?? 'something else'}.`;
}
