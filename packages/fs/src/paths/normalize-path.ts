/**
 * The one rule for paths on every backend. A path is relative to the root of its filesystem, separated by `/`,
 * byte-exact (never Unicode-normalised, never case-folded), and cannot name anything above the root.
 */

/** S3 and GCS allow this many UTF-8 bytes in a key; the same limit holds everywhere so that projects can move. */
const maxPathBytes = 1024;

/** Says what is wrong with a path, or returns its normal form. */
export type PathCheck = { readonly path: string } | { readonly fault: string };

/**
 * Checks a path and brings it to its one form: `./` and `.` segments and one trailing `/` go; `''` is the root.
 *
 * Refused: a leading `/`, `..`, empty segments (`a//b`), NUL, CR, LF, lone surrogates, more than 1024 UTF-8
 * bytes. Percent signs and `+ & = # ?` are ordinary characters.
 */
export function checkPath(path: string): PathCheck {
  if (typeof path !== 'string') return { fault: `a path is a string, not ${typeof path}` };
  if (path.startsWith('/')) return { fault: "it starts with '/'" };
  const forbidden = characterFault(path);
  if (forbidden !== undefined) return { fault: forbidden };
  const segments = path.replace(/\/$/, '').split('/');
  if (segments.length > 1 && segments.includes('')) return { fault: "it has an empty segment ('//')" };
  if (segments.includes('..')) return { fault: "it climbs with '..'" };
  const normal = segments.filter((segment) => segment !== '.').join('/');
  if (Buffer.byteLength(normal) > maxPathBytes)
    return { fault: `it is longer than ${maxPathBytes} UTF-8 bytes` };
  return { path: normal };
}

/** Says which character no path may hold, on any backend. */
export function characterFault(path: string): string | undefined {
  return forbidden.find(({ pattern }) => pattern.test(path))?.fault;
}

const forbidden: readonly { pattern: RegExp; fault: string }[] = [
  { pattern: /\0/, fault: 'it holds a NUL character' },
  { pattern: /[\r\n]/, fault: 'it holds a line break' },
  // With the u flag a well-formed pair is one character, so only lone surrogates match.
  { pattern: /\p{Surrogate}/u, fault: 'it holds half of a surrogate pair' },
];

/** Joins two normal paths; either may be the root `''`. */
export function joinPath(parent: string, child: string): string {
  if (parent === '') return child;
  return child === '' ? parent : `${parent}/${child}`;
}

/** The path of the directory that holds `path`; `''` for an entry of the root. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}
