/** What each call of a filesystem takes beside its path, for whoever writes JavaScript. */
import { isText, type OptionKinds } from './require-options.js';

const flag = ['true or false', (value: unknown) => typeof value === 'boolean'] as const;
const text = ['a text', isText] as const;

const call: OptionKinds = { signal: ['an AbortSignal', isSignal] };
const conditions: OptionKinds = { ...call, ifNotExists: flag, ifMatch: text };
const ranges: OptionKinds = { ...call, ifMatch: text };
const read: OptionKinds = {
  ...ranges,
  range: ['a range of bytes, such as { start: 0, end: 9 }', isRecord],
};
const write: OptionKinds = {
  ...conditions,
  durable: flag,
  contentType: text,
  metadata: [
    'an object of texts',
    (value) => isRecord(value) && Object.values(value as object).every(isText),
  ],
};
const unfinished: OptionKinds = { ...call, recursive: flag };

/** By the name of the method. */
export const callOptions: Readonly<Record<string, OptionKinds>> = {
  stat: call,
  exists: call,
  read,
  readRanges: ranges,
  readText: ranges,
  createReadStream: read,
  checksum: call,
  write,
  openWrite: write,
  append: call,
  list: {
    ...call,
    recursive: flag,
    includeDirs: flag,
    startAfter: text,
    limit: ['a number', (value) => typeof value === 'number'],
  },
  glob: call,
  copy: conditions,
  move: conditions,
  delete: { ...call, missingOk: flag },
  deleteDir: { ...call, allowRoot: flag },
  listUnfinished: unfinished,
  deleteUnfinished: unfinished,
  ensureDir: call,
  signedUrl: {
    ...call,
    method: ["'GET' or 'PUT'", (value) => value === 'GET' || value === 'PUT'],
    expiresInS: [
      'a whole number of seconds from 1 to 604800, which are seven days',
      (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 604_800,
    ],
    contentType: text,
  },
};

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSignal(value: unknown): boolean {
  return isRecord(value) && typeof (value as Partial<AbortSignal>).addEventListener === 'function';
}
