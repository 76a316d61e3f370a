import { DriverFailure, type DriverWrite } from '@flowerpower/fs';

/** What travels in headers: visible ASCII and single spaces inside, or nothing. */
const value = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/;
const name = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/** @throws DriverFailure `BadOption` for a content type or metadata that the store would refuse or give back changed. */
export function requireDescribable({
  contentType,
  metadata = {},
}: Pick<DriverWrite, 'contentType' | 'metadata'>) {
  const faults: string[] = [];
  if (contentType !== undefined && !value.test(contentType)) faults.push('the content type');
  for (const [key, text] of Object.entries(metadata)) {
    if (!name.test(key)) faults.push(`the name of metadata ${JSON.stringify(key)}`);
    else if (!value.test(text)) faults.push(`metadata '${key}'`);
  }
  if (faults.length === 0) return;
  const rule =
    'names are small letters, digits and dashes, and values ASCII without spaces around or two in a row';
  throw new DriverFailure('BadOption', `S3 cannot keep ${faults.join(', ')}: ${rule}`);
}
