/** What a load has looked at on this machine, so that the next one sees without reading whether it would find the same. */
import { readdirSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProperty } from '@flowerpower/core';
import type { Boundary, FileSystem } from '@flowerpower/fs';
import type { ImportedModule, ImportOptions, ModuleImporter } from '@flowerpower/modules';
import type { CodeFolder } from '../modules/project-code.js';

export interface FileTrace {
  /** The same, and what is asked of it is noted. */
  fileSystem(fs: FileSystem): FileSystem;
  code(code: CodeFolder): CodeFolder;
  /** Whether every file and folder is as it was before it was looked at. */
  isUnchanged(): boolean;
  /** Whether the modules that were imported are those that would be imported now. */
  isSameCode(options: ImportOptions): Promise<boolean>;
}

/** Clocks of file systems, in milliseconds: what changed this shortly before it was read may change again unseen. */
const granularityMs = 2_000;

export function createFileTrace(): FileTrace {
  const stamps = new Map<string, string>();
  const imported = new Map<string, { readonly importer: ModuleImporter; readonly module: ImportedModule }>();
  /** Something changed so shortly before that its stamp tells nothing. */
  let isRacy = false;

  const note = (path: string): Stats | undefined => {
    const { stamp, stats } = stampOf(path);
    if (!stamps.has(path)) stamps.set(path, stamp);
    if (stats !== undefined && Math.max(stats.mtimeMs, stats.ctimeMs) + granularityMs > Date.now())
      isRacy = true;
    return stats;
  };
  const walked = new Set<string>();
  /** A new file changes the folder that it is put in, which may have been empty. */
  const noteFolders = (folder: string): void => {
    const stats = note(folder);
    if (stats?.isDirectory() !== true) return;
    // Links may lead back.
    const real = `${stats.dev} ${stats.ino}`;
    if (walked.has(real)) return;
    walked.add(real);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() || entry.isSymbolicLink()) noteFolders(join(folder, entry.name));
    }
  };

  const noted: Readonly<Record<string, (file: string, options: unknown) => unknown>> = {
    exists: note,
    stat: note,
    read: note,
    readText: note,
    list: (folder, options) =>
      readProperty(options, 'recursive') === true ? noteFolders(folder) : note(folder),
  };

  return {
    fileSystem: (fs) =>
      new Proxy(fs, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          const look = noted[String(name)];
          return (path: string, ...rest: unknown[]): unknown => {
            if (look !== undefined) noteQuietly(() => look(fileURLToPath(fs.uri(path)), rest[0]));
            return Reflect.apply(value, target, [path, ...rest]);
          };
        },
      }),
    code: (code) => ({
      ...code,
      boundary: notingBoundary(code, note),
      importer: {
        async import(file, options) {
          const module = await code.importer.import(file, options);
          imported.set(file, { importer: code.importer, module });
          return module;
        },
      },
    }),
    isUnchanged() {
      if (isRacy) return false;
      for (const [path, stamp] of stamps) if (stampOf(path).stamp !== stamp) return false;
      return true;
    },
    async isSameCode(options) {
      for (const [file, { importer, module }] of imported) {
        if ((await importer.import(file, options)) !== module) return false;
      }
      return true;
    },
  };
}

/** What cannot be looked at fails when it is read, and then nothing is kept. */
function noteQuietly(look: () => unknown): void {
  try {
    look();
  } catch {
    return;
  }
}

/** Notes the path as it is written, where a link may lead elsewhere, and the file that it leads to. */
function notingBoundary({ boundary, root }: CodeFolder, note: (path: string) => void): Boundary {
  return {
    ...boundary,
    locate(...args) {
      const location = boundary.locate(...args);
      if (location.kind !== 'uri') {
        note(resolve(root, args[0]));
        if (location.file !== undefined) note(location.file);
      }
      return location;
    },
  };
}

function stampOf(path: string): { readonly stamp: string; readonly stats?: Stats } {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { stamp: 'absent' };
    return { stamp: `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`, stats };
  } catch (error) {
    return { stamp: String(readProperty(error, 'code')) };
  }
}
