/**
 * Which files of a project that lies elsewhere are its code. A project may hold any amount of data, so not all of it is
 * looked through: code is in folders that projects have code in, and in those that code, package.json or tsconfig.json
 * speak of by a relative path.
 */
import { posix } from 'node:path';
import type { FileInfo, FileSystem } from '@flowerpower/fs';

const usualFolders = ['pipelines', 'hooks', 'plugins', 'src', 'lib'];
const isCode = (path: string) => /\.(?:[cm]?[jt]s|json)$/.test(path);
const isOfProject = (name: string) => name === 'package.json' || /^tsconfig[\w.-]*\.json$/.test(name);
const isSkipped = (name: string) => name === 'node_modules' || name.startsWith('.');

/**
 * @param named - further paths that will be imported, relative to the project.
 * @param read - gives the content of a file; called once for each.
 */
export async function codeFiles<Content>(
  fs: FileSystem,
  named: readonly string[],
  read: (info: FileInfo) => Promise<{ readonly text: string; readonly content: Content }>,
): Promise<ReadonlyMap<string, Content>> {
  const files = new Map<string, FileInfo>();
  const folders = new Set<string>();
  for await (const info of fs.list('', { includeDirs: true })) {
    if (info.type === 'directory') folders.add(info.path);
    else if (isCode(info.path)) files.set(info.path, info);
  }
  const contents = new Map<string, Content>();
  const wanted = new Set(
    [...usualFolders, ...named.map(topOf), ...[...files.keys()].filter(isOfProject)].filter(
      (name) => !isSkipped(name),
    ),
  );
  // It grows while it is read.
  for (const name of wanted) {
    const infos: FileInfo[] = [];
    if (folders.has(name)) {
      for await (const info of fs.list(name, { recursive: true })) {
        if (isCode(info.path) && !info.path.split('/').some(isSkipped)) infos.push(info);
      }
    }
    // Without its ending, as imports are often written.
    for (const [path, info] of files) {
      if (path === name || path.replace(/\.[^.]+$/, '') === name.replace(/\.[^.]+$/, '')) infos.push(info);
    }
    for (const { path, text, content } of await all(infos, read)) {
      contents.set(path, content);
      for (const mentioned of mentionsIn(path, text)) {
        if (!isSkipped(mentioned)) wanted.add(mentioned);
      }
    }
  }
  return contents;
}

/** As many files as are read at once. */
const concurrency = 16;

async function all<T>(infos: readonly FileInfo[], read: (info: FileInfo) => Promise<T>) {
  const found: (T & { readonly path: string })[] = [];
  for (let at = 0; at < infos.length; at += concurrency) {
    const some = infos.slice(at, at + concurrency);
    const read1 = await Promise.all(some.map(async (info) => ({ ...(await read(info)), path: info.path })));
    found.push(...read1);
  }
  return found;
}

/** The entries of the project's folder that the texts of a file lead to. */
function mentionsIn(path: string, text: string): string[] {
  const pattern = isOfProject(path)
    ? /"((?:\.{1,2}\/)?[\w@.-]+[^"\n]*)"/g
    : /['"`](\.{1,2}\/[^'"`\n]*)['"`]/g;
  return [...text.matchAll(pattern)].map(([, mentioned]) =>
    topOf(posix.join(posix.dirname(path), mentioned!)),
  );
}

/** `./src/x.ts` → `src`. A path that climbs leads to nothing. */
function topOf(path: string): string {
  return posix.normalize(path).split('/')[0]!;
}
