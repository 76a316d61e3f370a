/** Which files hold the hooks of a pipeline. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readProperty } from '@flowerpower/core';
import type { Boundary } from '@flowerpower/fs';
import { filePathOf } from '../layout/project-layout.js';

export interface HookFile {
  /** As the project calls it: `hooks/sales/notify.ts`. */
  readonly name: string;
  /** The real path. */
  readonly file: string;
  /** Whether it belongs to this pipeline alone. */
  readonly own: boolean;
}

/**
 * The files of `hooks` itself, which are for every pipeline, then those of the pipeline's folder, each in the order of
 * their names. Declarations, tests, and what begins with `_` or `.` are none.
 *
 * @throws FileSystemError `FP_FS_OUTSIDE_ROOT` for links that lead where nothing may be imported from.
 */
export function findHookFiles(boundary: Boundary, hooksDir: string, pipeline: string): HookFile[] {
  const folders = [
    hooksDir,
    ...new Set([filePathOf(pipeline), pipeline.replaceAll('.', '/')].map((each) => join(hooksDir, each))),
  ];
  return folders.flatMap((folder, index) =>
    namesIn(boundary, folder).map((name) => {
      const path = join(folder, name);
      const location = boundary.locate(path);
      return { name: path, file: location.kind === 'uri' ? path : (location.file ?? path), own: index > 0 };
    }),
  );
}

function namesIn(boundary: Boundary, folder: string): string[] {
  const location = boundary.locate(folder, 'folder');
  if (location.kind === 'uri' || location.file === undefined) return [];
  try {
    return readdirSync(location.file, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && isModule(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    const code = readProperty(error, 'code');
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

function isModule(name: string): boolean {
  return /^[^._].*\.m?[jt]s$/.test(name) && !/\.(?:d|test|spec)\.m?[jt]s$/.test(name);
}
