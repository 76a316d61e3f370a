/** Glob patterns: where to start listing, how deep, and what matches. */

export interface GlobPlan {
  /** The longest directory that the pattern names literally. */
  readonly base: string;
  /** False when matches can only be direct children of `base`. */
  readonly recursive: boolean;
  /** True when the pattern has no wildcard: it names one file. */
  readonly literal: boolean;
}

const magic = /[*?[\]{}()!+@\\]/;

/** Plans the listing for a pattern that `checkPath` has accepted. */
export function planGlob(pattern: string): GlobPlan {
  const segments = pattern.split('/');
  const firstMagic = segments.findIndex((segment) => magic.test(segment));
  if (firstMagic === -1) return { base: pattern, recursive: false, literal: true };
  return {
    base: segments.slice(0, firstMagic).join('/'),
    // A brace may hold a slash, which the split has seen as well: more than one segment left means depth.
    recursive: firstMagic < segments.length - 1 || segments[firstMagic]!.includes('**'),
    literal: false,
  };
}

/**
 * Tells which paths a pattern matches, by the rules of `glob` of every filesystem, on every operating system: `*` and `?`
 * within a name, `**` across folders, `[ab]`, `{a,b}`; names that begin with a dot are matched only by a pattern that has
 * the dot. A character with a meaning stands for itself in brackets: `[*]`.
 *
 * @example
 * ```ts
 * import { compileGlob } from '@flowerpower/fs';
 *
 * const matches = await compileGlob('data/*.csv');
 * matches('data/a.csv'); // true
 * matches('data/old/a.csv'); // false
 * ```
 */
export async function compileGlob(pattern: string): Promise<(path: string) => boolean> {
  const { default: picomatch } = await import('picomatch');
  return picomatch(pattern, { windows: false, nonegate: true });
}
