// What an earlier build left in `dist`. A build starts empty, but turbo restores one from its cache beside what is there.
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of `dist` that nothing stands behind any more: declarations without a source, and pieces of JavaScript that
 * no other file imports, each with its map. An entry has a name of its own and is never stale.
 *
 * @param {string} dir - the folder of the package.
 * @param {readonly string[]} [files] - what to look at, relative to the package; all of `dist` by default.
 */
export function staleFiles(dir, files = filesOf(dir)) {
  const wanted = wantedPieces(dir, files);
  const isStale = (file) => {
    const built = file.replace(/\.map$/, '');
    if (built.endsWith('.d.ts')) return !hasSource(dir, built);
    return isPiece(built) && !wanted.has(nameOf(built));
  };
  return files.filter(isStale);
}

/**
 * Removes them, and the folders that are empty then or were before.
 *
 * @param {string} dir - the folder of the package.
 */
export function removeStale(dir) {
  for (const file of staleFiles(dir)) rmSync(join(dir, file));
  const folders = foldersOf(dir);
  // The deepest first: a folder of nothing but empty folders goes as well.
  for (const folder of folders.sort().reverse()) if (readdirSync(folder).length === 0) rmdirSync(folder);
}

function foldersOf(dir) {
  return entriesOf(dir)
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

function entriesOf(dir) {
  const dist = join(dir, 'dist');
  return existsSync(dist) ? readdirSync(dist, { recursive: true, withFileTypes: true }) : [];
}

function filesOf(dir) {
  return entriesOf(dir)
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .replaceAll('\\', '/'),
    );
}

function hasSource(dir, declaration) {
  const source = declaration.replace(/^dist\//, 'src/').slice(0, -'.d.ts'.length);
  return ['.ts', '.tsx'].some((ending) => existsSync(join(dir, `${source}${ending}`)));
}

/** What esbuild splits off has a hash in its name: what several entries share, and what is imported when it is needed. */
const piece = /[\w-]+-[A-Z0-9]{8}\.js\b/;

function isPiece(file) {
  return piece.test(nameOf(file));
}

function nameOf(file) {
  return file.split('/').at(-1);
}

/** The names of the pieces that entries import, and those that they import in turn. */
function wantedPieces(dir, files) {
  const scripts = files.filter((file) => file.endsWith('.js'));
  const byName = new Map(scripts.filter(isPiece).map((file) => [nameOf(file), file]));
  const open = scripts.filter((file) => !isPiece(file));
  const wanted = new Set();
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const [name] of readFileSync(join(dir, file), 'utf8').matchAll(new RegExp(piece, 'g'))) {
      if (wanted.has(name) || !byName.has(name)) continue;
      wanted.add(name);
      open.push(byName.get(name));
    }
  }
  return wanted;
}
