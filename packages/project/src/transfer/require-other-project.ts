import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { FlowerPowerError } from '@flowerpower/core';
import { type Boundary, isFileSystemError, localPath, type Location, workingFolder } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { isRemote } from '../remote/is-remote.js';
import type { RemoteRequest } from '../remote/open-remote.js';

export interface OwnProject {
  readonly boundary: Boundary;
  readonly direction: 'import' | 'export';
  /** What the project itself was opened with. */
  readonly opening: Pick<RemoteRequest, 'storageOptions'>;
  /** What the other one is opened with in place of that. */
  readonly request: Pick<RemoteRequest, 'storageOptions' | 'fs'>;
}

/**
 * A folder in the project may be another project, except those that the project is made of: files in them would be taken for
 * its own.
 *
 * @param other - the folder of the other project, relative to the working folder, or its URI.
 * @throws FlowerPowerError `FP_SAME_PROJECT`; FileSystemError `FP_FS_PROTECTED` for an export; `FP_FS_INVALID_PATH`.
 */
export function requireOtherProject(
  other: string,
  { boundary, direction, opening, request }: OwnProject,
): void {
  if (isRemote(other)) {
    // One URI names two places where the backend is another.
    const scheme = other.slice(0, other.indexOf(':')).toLowerCase();
    const given = request.storageOptions?.[scheme];
    const isElsewhere = given !== undefined && !isDeepStrictEqual(given, opening.storageOptions?.[scheme]);
    if (isElsewhere || request.fs !== undefined) return;
  }
  const text = isRemote(other) ? other : resolve(localPath(other, workingFolder));
  const location = locationOf(boundary, text);
  if (location?.kind !== 'project') return;
  if (location.path === '' || location.path === '.') {
    const code: ProjectErrorCode = 'FP_SAME_PROJECT';
    throw new FlowerPowerError({
      code,
      message: `'${other}' is this project itself; nothing was changed.`,
      hint: `Name the folder or the URI of the project to ${direction === 'import' ? 'import from' : 'export to'}.`,
    });
  }
  if (direction === 'export') boundary.locate(text, 'folder', 'write');
}

/** Undefined outside of the project. */
function locationOf(boundary: Boundary, text: string): Location | undefined {
  try {
    return boundary.locate(text, 'folder');
  } catch (error) {
    if (isFileSystemError(error, 'OutsideRoot')) return undefined;
    throw error;
  }
}
