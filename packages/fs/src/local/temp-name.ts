import { randomBytes } from 'node:crypto';

const tempPattern = /^\..+\.\d+\.[0-9a-f]{12}\.tmp$/;

/** The name of an unfinished file, `.name.<pid>.<random>.tmp`, in the directory of the file it becomes. */
export function tempName(name: string): string {
  // File systems allow 255 bytes in a name; a long name is shortened to leave room for the rest.
  const short = Buffer.from(name)
    .subarray(0, 200)
    .toString('utf8')
    .replace(/\ufffd+$/, '');
  return `.${short}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
}

/** True for names made by {@link tempName}: they never appear in listings and cannot be opened by path. */
export function isTempName(name: string): boolean {
  return tempPattern.test(name);
}
