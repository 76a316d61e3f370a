/** Circles among the rooms of a package. */
import type { Import } from './imports-of-package.js';

export interface Circle {
  /** The folder whose rooms these are, below `src`; empty for `src` itself. */
  readonly folder: string;
  /** Folders, and files that stand beside folders: each imports the others, be it by a detour. */
  readonly rooms: readonly string[];
  /** What one of them imports from another. */
  readonly imports: readonly Import[];
}

/**
 * Looks into `src` and into every folder that holds folders: its rooms are those folders, and each file beside them.
 * Files that stand in one folder may import each other as they like.
 */
export function circlesOf(imports: readonly Import[]): Circle[] {
  const folders = new Set(['', ...imports.flatMap(({ from }) => foldersAbove(from))]);
  return [...folders].sort().flatMap((folder) => circlesIn(folder, imports));
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function circlesIn(folder: string, imports: readonly Import[]): Circle[] {
  const inside = imports.flatMap((edge) => {
    const from = roomOf(folder, edge.from);
    const to = roomOf(folder, edge.to);
    return from === undefined || to === undefined || from === to ? [] : [{ from, to, edge }];
  });
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of inside) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const reached = new Map([...targets.keys()].map((room) => [room, reachableFrom(room, targets)]));
  const reported = new Set<string>();
  const circles: Circle[] = [];
  for (const [room, others] of reached) {
    if (reported.has(room) || !others.has(room)) continue;
    const rooms = [...others].filter((other) => reached.get(other)?.has(room)).sort();
    for (const member of rooms) reported.add(member);
    // Files alone are not rooms.
    if (rooms.every((member) => member.endsWith('.ts'))) continue;
    const members = new Set(rooms);
    const between = inside.filter(({ from, to }) => members.has(from) && members.has(to));
    circles.push({ folder, rooms, imports: between.map(({ edge }) => edge) });
  }
  return circles;
}

/** The child of `folder` that holds the path; undefined for a path that is elsewhere. */
function roomOf(folder: string, path: string): string | undefined {
  const start = folder === '' ? '' : `${folder}/`;
  return path.startsWith(start) ? path.slice(start.length).split('/')[0] : undefined;
}

function reachableFrom(start: string, targets: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let room = open.pop(); room !== undefined; room = open.pop()) {
    for (const target of targets.get(room) ?? []) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(target);
    }
  }
  return reached;
}
