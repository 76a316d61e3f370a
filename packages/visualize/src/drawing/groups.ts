/**
 * Namespaces of a graph as nested groups. The name `ns.sub.node` lies in the namespaces `ns` and `ns.sub`.
 * A namespace is worth a box only when it holds at least two of the drawn nodes; one that holds nothing but
 * another namespace shares its box, so `a.b.x` and `a.b.y` alone make one box `a.b`. Boxes nest at most eight deep.
 */

export interface NameGroup {
  /** The namespace, relative to the group around it. */
  readonly label: string;
  /** The whole namespace. */
  readonly path: string;
  readonly groups: readonly NameGroup[];
  readonly members: readonly GroupMember[];
}

interface GroupMember {
  readonly name: string;
  /** The name relative to the group around it. */
  readonly label: string;
}

interface SplitName {
  readonly name: string;
  readonly segments: readonly string[];
}

const maximumLevel = 8;

/** Sorts names into groups. Groups and members keep the order in which the names came. */
export function groupByNamespace(names: readonly string[]): NameGroup {
  return groupFrom(names.map(split), { path: '', label: '', depth: 0, level: 0 });
}

function split(name: string): SplitName {
  const segments = name.split('.');
  return { name, segments: segments.includes('') ? [name] : segments };
}

/** A group to be filled: `depth` segments of its names are its namespace, `level` groups lie around it. */
interface GroupPlace {
  readonly path: string;
  readonly label: string;
  readonly depth: number;
  readonly level: number;
}

function groupFrom(names: readonly SplitName[], { path, label, depth, level }: GroupPlace): NameGroup {
  const namespaces = new Map<string, SplitName[]>();
  for (const name of names) {
    const namespace = namespaceAt(name, depth);
    if (namespace === undefined || level === maximumLevel) continue;
    const inside = namespaces.get(namespace);
    if (inside === undefined) namespaces.set(namespace, [name]);
    else inside.push(name);
  }
  const groups: NameGroup[] = [];
  for (const inside of namespaces.values()) {
    const [first] = inside;
    if (first === undefined || inside.length === 1) continue;
    const end = sharedDepth(inside, depth + 1);
    const inner = first.segments.slice(0, end);
    groups.push(
      groupFrom(inside, {
        path: inner.join('.'),
        label: inner.slice(depth).join('.'),
        depth: end,
        level: level + 1,
      }),
    );
  }
  const members = names
    .filter((name) => (namespaces.get(namespaceAt(name, depth) ?? '')?.length ?? 1) === 1)
    .map(({ name, segments }) => ({ name, label: segments.slice(depth).join('.') }));
  return { label, path, groups, members };
}

function namespaceAt({ segments }: SplitName, depth: number): string | undefined {
  return segments.length > depth + 1 ? segments[depth] : undefined;
}

/** How many leading segments all names share as namespaces, given that they share `from`. */
function sharedDepth(names: readonly SplitName[], from: number): number {
  let depth = from;
  while (isShared(names, depth)) depth++;
  return depth;
}

function isShared(names: readonly SplitName[], depth: number): boolean {
  const namespaces = new Set(names.map((name) => namespaceAt(name, depth)));
  return namespaces.size === 1 && !namespaces.has(undefined);
}
