import { realpathSync } from 'node:fs';

/** Everything a resolution looked at. Its result holds as long as none of this changes. */
export class ResolutionTrace {
  /** Paths that did not exist and would have won if they had. */
  readonly absent = new Set<string>();
  /** Configuration files that were read: tsconfig.json with what it extends, package.json. */
  readonly inputs = new Set<string>();
  /** Paths that pass through a symbolic link, with where they led. */
  readonly links = new Map<string, string>();

  realPath(path: string): string {
    const real = realpathSync.native(path);
    if (real !== path) this.links.set(path, real);
    return real;
  }
}
