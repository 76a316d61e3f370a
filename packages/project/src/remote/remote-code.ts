import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { createBoundary, type FileSystem, workingFolder } from '@flowerpower/fs';
import { createModuleImporter } from '@flowerpower/modules';
import type { CodeFolder, CodeRequest, ProjectCode } from '../modules/project-code.js';
import type { ProjectLayout } from '../layout/project-layout.js';
import { createCodeStore } from './code-store.js';
import { importsByUri, namesByUri } from './named-by-uri.js';
import { packageFolders } from './package-folders.js';
import { syncCode } from './sync-code.js';

export interface RemoteCodeOptions {
  /** Of the project. */
  readonly fs: FileSystem;
  readonly layout: ProjectLayout;
  /** Where copies are kept. */
  readonly cacheFolder: string;
  /** See `SyncRequest`. */
  readonly note: string | undefined;
}

/** The code of a project that lies elsewhere: copied to this machine when it is first asked for, and when it may have changed. */
export function remoteCode({ fs, layout, cacheFolder, note }: RemoteCodeOptions): ProjectCode {
  const store = createCodeStore(join(cacheFolder, 'code'));
  const uri = fs.uri('').replace(/\/$/, '');
  const project = JSON.stringify([uri, note]);
  const named = new Set([`${layout.pipelinesDir}/`]);
  let current: CodeFolder | undefined;
  let last: Promise<CodeFolder> | undefined;

  async function refresh(): Promise<CodeFolder> {
    const packages = packageFolders(workingFolder());
    const root = await realpath(await syncCode({ fs, store, project, note, named: [...named], packages }));
    if (root === current?.root) return current;
    const names = namesByUri(root, uri);
    const cacheDir = await store.modulesFolder(project);
    const importer = createModuleImporter({ root, cacheDir, nameOf: names.nameOf });
    current = {
      root,
      boundary: createBoundary({ root }),
      importer: importsByUri(importer, names),
      named: names.named,
    };
    return current;
  }

  return {
    async open({ refresh: isAsked, named: more = [] }: CodeRequest) {
      const isNew = more.some((path) => !named.has(path));
      for (const path of more) named.add(path);
      // One after the other, so that the newest is current in the end.
      if (last === undefined || isAsked || isNew) {
        const before = last;
        last = (async () => {
          await before?.catch(() => {});
          return refresh();
        })();
      }
      const opening = last;
      try {
        return await opening;
      } catch (error) {
        if (last === opening) last = undefined;
        throw error;
      }
    },
  };
}
