import { FileSystemError } from '../errors/file-system-error.js';

/** By the name of the option: what it must be, and whether a value is. `undefined` counts as not given. */
export type OptionKinds = Readonly<
  Record<string, readonly [expected: string, fits: (value: unknown) => boolean]>
>;

export const isText = (value: unknown): boolean => typeof value === 'string';

/**
 * Refuses options that the compiler would have refused, for whoever writes JavaScript.
 *
 * @param op - the function that they were given to.
 * @throws FileSystemError `FP_FS_BAD_OPTION`, naming every option that does not fit.
 */
export function requireOptions(op: string, options: unknown, kinds: OptionKinds): void {
  const faults =
    typeof options !== 'object' || options === null
      ? [`The options must be an object, not ${options === null ? 'null' : typeof options}.`]
      : Object.entries(options).flatMap(([name, value]) => {
          const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
          if (kind === undefined)
            return [`There is no option '${name}'; the options are: ${Object.keys(kinds).join(', ')}.`];
          return value === undefined || kind[1](value) ? [] : [`${name} must be ${kind[0]}.`];
        });
  if (faults.length === 0) return;
  throw badOption(op, faults.join(' '));
}

/** The error for what an argument or option is, in whole sentences. */
export function badOption(op: string, fault: string): FileSystemError {
  const message = `${op}: ${fault}`;
  return new FileSystemError({ reason: 'BadOption', op, uri: '', backend: '', message });
}
