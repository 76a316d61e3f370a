import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBuiltin } from 'node:module';
import { isFile } from '../files/file-stamp.js';
import type { ResolutionTrace } from '../files/resolution-trace.js';
import { sha256 } from '../files/source-text.js';
import { fileCandidates } from '../files/user-file.js';
import { installedPackage, isInstalled, splitPackage } from './installed-package.js';
import { readPackageManifest, resolveExport } from './package-target.js';

/**
 * A text for what is installed of a package: its version and those of the packages that it needs. A package that is
 * linked to its sources changes without a new version, so its files count.
 *
 * @param specifier - as the resolver leaves it to Node: a name, or the URL of a file.
 */
export type PackageVersions = (specifier: string, importer: string) => string;

export interface PackageVersionOptions {
  readonly conditions: ReadonlySet<string>;
  /** Learns of everything that decides the answers. */
  readonly trace: ResolutionTrace;
}

export function createPackageVersions({ conditions, trace }: PackageVersionOptions): PackageVersions {
  const described = new Map<string, string>();

  return (specifier, importer) => {
    if (isBuiltin(specifier)) return specifier;
    const isFileUrl = specifier.startsWith('file:');
    if (!isFileUrl && /^[a-z][a-z\d+.-]*:/i.test(specifier)) return specifier;
    const [name, subpath] = isFileUrl ? [specifier, '.'] : splitPackage(specifier);
    const folder = isFileUrl
      ? packageFolder(fileURLToPath(specifier))
      : installedPackage(name, dirname(importer), trace);
    if (folder === undefined) return `${name} is not installed`;
    const key = JSON.stringify([folder, subpath]);
    let text = described.get(key);
    if (text === undefined) {
      const entry = isFileUrl ? fileURLToPath(specifier) : undefined;
      described.set(key, (text = sha256([...everythingOf(folder, subpath, entry)].sort().join('\n'))));
    }
    return `${name} ${text}`;
  };

  /** Of the package and all that it needs. */
  function everythingOf(folder: string, subpath: string, entry: string | undefined): Set<string> {
    const texts = new Set<string>();
    const folders = new Set([trace.realPath(folder)]);
    for (const real of folders) {
      const manifest = readPackageManifest(real);
      if (manifest === undefined) continue;
      trace.inputs.add(join(real, 'package.json'));
      texts.add(`${manifest.name}@${manifest.version}`);
      if (!isInstalled(real) && !isOurs(manifest.name)) {
        const main = folders.size === 1 ? (entry ?? resolveExport(manifest, subpath, conditions)) : undefined;
        const files = main ?? resolveExport(manifest, '.', conditions);
        if (files !== undefined) for (const text of filesFrom(files)) texts.add(text);
      }
      const { dependencies, optionalDependencies, peerDependencies } = manifest;
      for (const needed of [dependencies, optionalDependencies, peerDependencies]) {
        for (const name of Object.keys(needed ?? {})) {
          const found = installedPackage(name, real, trace);
          if (found !== undefined) folders.add(trace.realPath(found));
        }
      }
    }
    return texts;
  }

  /** Hashes of a file and of those of its package that it mentions. */
  function* filesFrom(entry: string): Generator<string> {
    const files = new Set([entry]);
    for (const file of files) {
      if (!isFile(file)) continue;
      trace.inputs.add(file);
      const text = readFileSync(file, 'utf8');
      yield sha256(text);
      for (const [, , path] of text.matchAll(
        /\b(?:from|import|require)\s*(?:\(\s*)?(["'])(\.{1,2}\/[^"']*)\1/g,
      )) {
        const found = fileCandidates(join(dirname(file), path!)).find(isFile);
        if (found !== undefined) files.add(found);
      }
    }
  }
}

/** Published in versions that go together, and linked where they are written. */
function isOurs(name: string | undefined): boolean {
  return name !== undefined && /^(?:@flowerpower\/|flowerpower$)/.test(name);
}

function packageFolder(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (readPackageManifest(folder)?.name !== undefined) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
