/** Finds the TypeScript that a project has installed. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkError } from './check-error.js';
import { findPackage } from './find-upwards.js';

export interface TypeScriptPackage {
  readonly version: string;
  /** The script that runs the compiler, absolute. */
  readonly tsc: string;
}

const install = 'Run: npm install --save-dev typescript';

/**
 * The package `typescript` as the project resolves it, whichever release hides behind the name.
 *
 * @throws FlowerPowerError `FP_CHECK_NO_TYPESCRIPT` when there is none, it is older than 5.0 or has no compiler.
 */
export async function findTypeScript(root: string): Promise<TypeScriptPackage> {
  const manifestPath = await findPackage(root, 'typescript');
  if (manifestPath === undefined) {
    throw checkError({
      code: 'FP_CHECK_NO_TYPESCRIPT',
      message: `TypeScript is not installed in ${root}.`,
      hint: install,
    });
  }
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as {
    readonly version: string;
    readonly bin?: string | Readonly<Record<string, string>>;
  };
  const { version, bin } = manifest;
  // Microsoft's compatibility package calls the compiler of TypeScript 6 `tsc6`.
  const script = typeof bin === 'object' ? (bin['tsc'] ?? bin['tsc6']) : bin;
  if (!isVersionFrom(version, 5, 0) || script === undefined) {
    throw checkError({
      code: 'FP_CHECK_NO_TYPESCRIPT',
      message:
        script === undefined
          ? `TypeScript ${version} in ${dirname(manifestPath)} has no compiler 'tsc'.`
          : `TypeScript ${version} in ${dirname(manifestPath)} is too old: 5.0 or later is needed.`,
      hint: install,
      places: [{ file: manifestPath }],
    });
  }
  return { version, tsc: join(dirname(manifestPath), script) };
}

/** True when a version such as `5.9.3` or `6.0.0-beta` is of the given release or a later one. */
export function isVersionFrom(version: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.', 2).map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
