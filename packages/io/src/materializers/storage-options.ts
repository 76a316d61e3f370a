/** Options of a filesystem that stand beside the path of one file: taken apart from those of the format, and never shown. */
import { inspect } from 'node:util';
import type { IoProblem } from '../errors/io-error.js';
import { isPlainObject } from '../values/plain-object.js';

/** Options of the filesystem of a URI, as the plugin of its scheme takes them, such as `{ endpoint: 'http://…' }` for `s3`. */
export type StorageOptions = Readonly<Record<string, unknown>>;

/** They may hold a secret: what is shown of the node that they are bound to shows only that there are some. */
interface HiddenOptions {
  reveal(): unknown;
}

/** A method of this name says by what a cache compares an object: here by a digest of the options. */
const fingerprintKey = Symbol.for('flowerpower.fingerprint');
const shown = '(storage options)';

/** The options of a format with those of the filesystem out of sight. */
export function withHiddenStorage(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { storageOptions, ...others } = options;
  if (storageOptions === undefined) return others;
  return { ...others, storageOptions: isHidden(storageOptions) ? storageOptions : hide(storageOptions) };
}

/** The options of a format, and beside them those of the filesystem, in sight again. */
export function takeStorage(given: Readonly<Record<string, unknown>>): {
  readonly options: Readonly<Record<string, unknown>>;
  readonly storage: StorageOptions | undefined;
} {
  const { storageOptions, ...options } = given;
  return { options, storage: revealStorage(storageOptions) };
}

/** The storage options that are bound to a node. */
export function revealStorage(value: unknown): StorageOptions | undefined {
  const options = isHidden(value) ? value.reveal() : value;
  return options as StorageOptions | undefined;
}

/** What is wrong with them as far as can be told without the filesystem. */
export function storageProblems(type: string, storage: unknown): IoProblem[] {
  if (storage === undefined || isOptionMap(storage)) return [];
  return [
    {
      code: 'FP_IO_OPTIONS',
      message: `${type}.storageOptions must be a map of options.`,
      hint: "Write { endpoint: 'http://…' }, or what else the plugin of the scheme takes. They cannot come from a node.",
    },
  ];
}

/** Without symbols, by which `source` and `value` of the engine are marked. */
function isOptionMap(value: unknown): boolean {
  return isPlainObject(value) && Object.getOwnPropertySymbols(value).length === 0;
}

function hide(options: unknown): HiddenOptions {
  return Object.freeze(
    Object.defineProperties({} as HiddenOptions, {
      reveal: { value: () => options },
      [fingerprintKey]: { value: () => options },
      toJSON: { value: () => shown },
      [inspect.custom]: { value: () => shown },
    }),
  );
}

function isHidden(value: unknown): value is HiddenOptions {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'reveal');
}
