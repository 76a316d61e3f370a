/**
 * Copies of code on this machine, by content. Nothing in it is ever changed, only mended: a file or folder is made beside its place and
 * moved there when it is complete, so that any number of processes may fill it at once, and one that is killed leaves only
 * what nobody uses.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readProperty } from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';

export interface CodeStore {
  /** Keeps a content and gives its digest. */
  keep(content: Uint8Array): Promise<string>;
  /** The content of a digest; undefined where it is not kept, or damaged. */
  content(digest: string): Promise<Uint8Array | undefined>;
  /** What was noted under a name; undefined where nothing was, or it cannot be read. */
  note(name: string): Promise<unknown>;
  setNote(name: string, value: unknown): Promise<void>;
  /**
   * A folder with these files, made unless it is there, and mended where a file is missing or another one. Packages are found
   * from it in `packages`, the first ones first.
   *
   * @param project - modules keep their state, so that no two projects share a folder.
   * @param files - digests by path.
   */
  folder(project: string, files: ReadonlyMap<string, string>, packages: readonly string[]): Promise<string>;
  /** Where what is made of the modules of a project is kept. */
  modulesFolder(project: string): Promise<string>;
}

const day = 24 * 60 * 60 * 1000;
/** What was not used for so long is removed. */
const unusedMs = 30 * day;
/** What was begun so long ago will not be finished. */
const abandonedMs = day;

export function createCodeStore(dir: string): CodeStore {
  const blobs = join(dir, 'files');
  const notes = join(dir, 'notes');
  const trees = join(dir, 'projects');
  const modules = join(dirname(dir), 'modules');
  const beside = (folder: string) => join(folder, `.${process.pid}.${randomBytes(6).toString('hex')}.tmp`);

  async function place(folder: string, name: string, content: string | Uint8Array): Promise<void> {
    // What is kept here is imported as code, so only its owner may write it.
    await makeFolder(folder);
    const temporary = beside(folder);
    try {
      await writeFile(temporary, content, { flag: 'wx', mode: 0o600 });
      await rename(temporary, join(folder, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  const content: CodeStore['content'] = async (digest) => {
    const found = await readFile(join(blobs, digest)).catch(absent);
    return found !== undefined && digestOf(found) === digest ? found : undefined;
  };

  async function fill(root: string, files: ReadonlyMap<string, string>): Promise<void> {
    const fs = createLocalFileSystem({ root });
    try {
      for (const [path, digest] of files) {
        const kept = await content(digest);
        if (kept === undefined) throw new Error(`The copy of ${path} is gone from ${blobs}.`);
        await fs.write(path, kept);
      }
    } finally {
      await fs.close();
    }
  }

  /** Somebody may have removed or changed a part of a copy. */
  async function mend(root: string, files: ReadonlyMap<string, string>): Promise<void> {
    for (const [path, digest] of files) {
      const file = join(root, path);
      const found = await readFile(file).catch(absent);
      if (found !== undefined && digestOf(found) === digest) continue;
      const kept = await content(digest);
      if (kept === undefined) throw new Error(`The copy of ${path} is gone from ${blobs}.`);
      await place(dirname(file), basename(file), kept);
    }
  }

  return {
    content,
    async keep(given) {
      const digest = digestOf(given);
      if ((await content(digest)) === undefined) await place(blobs, digest, given);
      return digest;
    },
    async note(name) {
      const text = await readFile(join(notes, name), 'utf8').catch(absent);
      try {
        return text === undefined ? undefined : JSON.parse(text);
      } catch {
        // It only saves requests.
        return undefined;
      }
    },
    setNote: (name, value) => place(notes, name, JSON.stringify(value)),
    async folder(project, files, packages) {
      const listed = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
      const digest = digestOf(JSON.stringify([project, listed, packages])).slice(0, 32);
      const tree = join(trees, digest);
      // Node and compilers look for packages upwards, so each folder around the project holds one place to look.
      const inner = packages.slice(1).map(() => 'in');
      const root = join(tree, ...inner);
      const now = new Date();
      if ((await stat(tree).catch(absent)) !== undefined) {
        await utimes(tree, now, now).catch(() => {});
        await mend(root, files);
        await link(tree, inner, packages);
        return root;
      }
      const temporary = beside(trees);
      try {
        const made = join(temporary, ...inner);
        await makeFolder(made);
        await fill(made, files);
        await link(temporary, inner, packages);
        await rename(temporary, tree);
      } catch (error) {
        await rm(temporary, { recursive: true, force: true });
        // Another process was faster.
        if ((await stat(tree).catch(absent)) === undefined) throw error;
      }
      await prune([blobs, notes, trees, modules], now.getTime());
      return root;
    },
    async modulesFolder(project) {
      const folder = join(modules, digestOf(project).slice(0, 32));
      await makeFolder(folder);
      const now = new Date();
      await utimes(folder, now, now).catch(() => {});
      return folder;
    },
  };
}

async function link(tree: string, inner: readonly string[], packages: readonly string[]): Promise<void> {
  for (const [index, folder] of packages.entries()) {
    const path = join(tree, ...inner.slice(index), 'node_modules');
    if ((await lstat(path).catch(absent)) === undefined) await symlink(folder, path, 'junction');
  }
}

/** One folder after the other: a recursive mkdir never ends where the system lets nobody make one, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  const make = () =>
    mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if (readProperty(error, 'code') !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    if (readProperty(error, 'code') !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await make();
  }
}

/** What cannot be looked at or removed stays: it is in nobody's way. */
async function prune(folders: readonly string[], nowMs: number): Promise<void> {
  for (const folder of folders) {
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const ageMs = nowMs - ((await stat(path).catch(absent))?.mtimeMs ?? nowMs);
      if (ageMs > (name.startsWith('.') ? abandonedMs : unusedMs))
        await rm(path, { recursive: true, force: true }).catch(() => {});
    }
  }
}

function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function absent(error: unknown): undefined {
  const code = readProperty(error, 'code');
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}
