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

/** A matcher with the same rules on every operating system. */
export async function compileGlob(pattern: string): Promise<(path: string) => boolean> {
  const { default: picomatch } = await import('picomatch');
  return picomatch(pattern, { windows: false, nonegate: true });
}
