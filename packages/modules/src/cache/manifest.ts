/**
 * The manifest of a root module: what it took to build it, and what that gave. It lets a fresh process import an
 * unchanged module after a few `stat` calls, without a parser.
 */
import type { NodeSource } from '@flowerpower/core';
import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { ModuleProblem } from '../errors/catalogue.js';
import { type FileStamp, isFile } from '../files/file-stamp.js';
import { cacheVersion } from './cache-version.js';

export interface StampedFile extends FileStamp {
  readonly path: string;
  readonly hash: string;
}

export interface OutputFile {
  /** File name in the cache directory. */
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface Manifest {
  readonly version: typeof cacheVersion;
  readonly conditions: readonly string[];
  /** When the files below were read, in milliseconds since the epoch. */
  readonly readAtMs: number;
  /** The closure: the root first. */
  readonly sources: readonly (StampedFile & { readonly output: OutputFile })[];
  /** Configuration files that decided how imports resolve. */
  readonly inputs: readonly StampedFile[];
  /** Paths that must still be missing. */
  readonly absent: readonly string[];
  /** Paths that pass through a symbolic link, with where they must still lead. */
  readonly links: readonly (readonly [path: string, target: string])[];
  readonly missingPackages: readonly ModuleProblem[];
  /** Hash of the sources, independent of where the project stands. */
  readonly hash: string;
  readonly nodes: Readonly<Record<string, NodeSource>>;
  /** Of the code of each export, by its name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** One manifest per root module. Two roots may share a name when it is very long; each checks that it is meant. */
export function manifestPath(cacheDirectory: string, projectRoot: string, file: string): string {
  const name = encodeURIComponent(relative(projectRoot, file) || basename(file)).slice(-160);
  return join(cacheDirectory, `${name}.json`);
}

/** Reads the manifest of a file. Undefined when there is none, or one that cannot be used: it is built anew. */
export function readManifest(
  path: string,
  file: string,
  conditions: readonly string[],
): Manifest | undefined {
  let value: Partial<Manifest> | null;
  // A pipe in its place would be waited for.
  if (!isFile(path)) return undefined;
  try {
    value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest> | null;
  } catch {
    return undefined;
  }
  const usable =
    value?.version?.format === cacheVersion.format &&
    value.version.transformer === cacheVersion.transformer &&
    value.sources?.[0]?.path === file &&
    value.conditions?.join() === conditions.join();
  return usable ? (value as Manifest) : undefined;
}
