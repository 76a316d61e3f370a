/** Names from the files of a project. Nothing of it is imported: pressing Tab runs no code of anybody. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printable } from '@flowerpower/core';
import { localPath, workingFolder } from '@flowerpower/fs';
import { projectNames } from '@flowerpower/project';
import type { CompletionSources } from './candidates.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** @param words - of the command line, for `--base-dir`. */
export function projectSources(words: readonly string[], environment: Environment): CompletionSources {
  const names = async () => projectNames(baseDirOf(words), environment);
  return {
    pipelines: () => orNone(async () => (await names()).pipelines.map(({ name }) => name)),
    environments: () => orNone(async () => (await names()).environments),
    nodes: (pipeline) =>
      orNone(async () => {
        const { root, pipelines } = await names();
        const module = pipelines.find(({ name }) => name === pipeline)?.module;
        return module === undefined ? [] : exportsOf(await readFile(join(root, module), 'utf8'));
      }),
    codes: async () => (await import('../explain/catalogues.js')).explainedCodes().map(({ code }) => code),
    runs: () =>
      orNone(async () => {
        // Where they are kept unless project.yml says otherwise; the ids of the newest are the greatest.
        const ids = await readdir(join((await names()).root, '.flowerpower', 'runs'));
        return ids
          .filter((id) => /^[\da-f-]{36}$/.test(id))
          .sort()
          .reverse()
          .slice(0, 20);
      }),
    paths: (begun, kind) => orNone(() => paths(begun, kind)),
  };
}

/** Somebody who types has not come to the end: nothing is wrong yet. */
async function orNone(read: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await read();
  } catch {
    return [];
  }
}

function baseDirOf(words: readonly string[]): string {
  for (const [at, word] of words.entries()) {
    const [, joined] = /^--base-dir=(.+)/.exec(word) ?? [];
    const apart = word === '-d' || word === '--base-dir' ? words[at + 1] : undefined;
    const found = joined ?? (apart === '=' ? words[at + 2] : apart);
    if (found) return localPath(found, workingFolder);
  }
  return workingFolder();
}

/**
 * The exported names of a module, as far as its text shows them without being parsed: what a person may want to type. Of
 * variants the part that they share.
 */
function exportsOf(source: string): string[] {
  const declared = source.matchAll(
    /^export\s+(?:async\s+)?(?:function\s*\*?|const|let)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu,
  );
  const listed = [...source.matchAll(/^export\s*\{([^}]*)\}/gm)].flatMap(([, list]) =>
    list!.split(',').map(
      (each) =>
        each
          .trim()
          .split(/\s+as\s+/)
          .at(-1)!,
    ),
  );
  const all = [...Array.from(declared, ([, name]) => name!), ...listed].map(
    (name) => name.split('__', 1)[0]!,
  );
  return [...new Set(all)].filter((name) => name !== '' && name !== 'default' && !name.startsWith('type '));
}

async function paths(begun: string, kind: 'folders' | 'files'): Promise<string[]> {
  const folder = begun.slice(0, begun.lastIndexOf('/') + 1);
  const entries = await readdir(localPath(folder || '.', workingFolder), { withFileTypes: true });
  return entries
    .filter(({ name }) => printable(name) === name)
    .filter((entry) => entry.isDirectory() || (kind === 'files' && entry.isFile()))
    .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .sort();
}
