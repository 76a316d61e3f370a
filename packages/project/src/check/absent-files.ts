import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { didYouMean, type Place, type Problem } from '@flowerpower/core';
import type { Boundary } from '@flowerpower/fs';
import type { CheckErrorCode } from './catalogue.js';

/** A file of this machine, or a location elsewhere, that an entry of `io.load` names. */
export interface NamedFile {
  /** The name under `io.load`. */
  readonly target: string;
  readonly path: string;
  readonly place: Place | undefined;
}

/** A path to load from that names many files; whether there are any, a look tells. */
export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}

/**
 * A warning for each file or folder that is not there. Nothing is opened, and locations elsewhere are not asked. Patterns
 * are left to who looks at files.
 */
export function absentFiles(files: readonly NamedFile[], boundary: Pick<Boundary, 'locate'>): Problem[] {
  return files.flatMap(({ target, path, place }) => {
    const location = boundary.locate(path);
    if (location.kind === 'uri' || location.file === undefined || existsSync(location.file)) return [];
    if (isPattern(path)) return [];
    const code: CheckErrorCode = 'FP_CHECK_NO_FILE';
    const near = didYouMean(basename(path), siblingsOf(location.file));
    const hint = 'Nothing is wrong if it is written before this pipeline runs.';
    return [
      {
        code,
        message: `io.load.${target}: the ${path.endsWith('/') ? 'folder' : 'file'} ${path} does not exist.`,
        hint: near === undefined ? hint : `${near} ${hint}`,
        places: place && [place],
      },
    ];
  });
}

function siblingsOf(file: string): string[] {
  try {
    return readdirSync(dirname(file));
  } catch {
    // There is no such folder.
    return [];
  }
}
