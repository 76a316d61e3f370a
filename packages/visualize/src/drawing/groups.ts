/**
 * The boxes around nodes: one for each fan-out, and namespaces in and around them.
 *
 * The name `ns.sub.node` lies in the namespaces `ns` and `ns.sub`. A namespace is worth a box only when it holds at
 * least two things, nodes or fan-outs; one that holds nothing but another namespace shares its box, so `a.b.x` and
 * `a.b.y` alone make one box `a.b`. A fan-out is never torn apart: it lies in the namespaces that all its nodes
 * share, and a namespace that is partly inside has a box on each side. Boxes nest at most eight deep.
 */
import type { FanOutsAround } from '@flowerpower/core';

export interface Group {
  readonly kind: 'namespace' | 'fanOut';
  /** The namespace, or the node whose items are fanned out, relative to the namespace around it. */
  readonly label: string;
  /** The whole namespace, or the whole name of the node that fans out. */
  readonly path: string;
  readonly groups: readonly Group[];
  readonly members: readonly GroupMember[];
}

interface GroupMember {
  readonly name: string;
  /** The name relative to the namespace around it. */
  readonly label: string;
}

/** A node, or a fan-out with all that runs inside. */
interface Thing {
  readonly name: string;
  /** The namespaces it lies in, then one more segment. */
  readonly segments: readonly string[];
  /** The nodes inside; undefined on a node. */
  readonly inside?: readonly string[];
}

/** A group to be filled: `depth` segments of its things are the namespace around them, `level` groups lie around. */
interface GroupPlace extends Pick<Group, 'kind' | 'label' | 'path'> {
  readonly depth: number;
  readonly level: number;
  /** How many fan-outs lie around. */
  readonly fanOuts: number;
}

const maximumLevel = 8;

/** Sorts names into groups. Groups and members keep the order in which the names came. */
export function groupNodes(names: readonly string[], scopes: FanOutsAround = new Map()): Group {
  return fillFanOut(names, scopes, {
    kind: 'namespace',
    path: '',
    label: '',
    depth: 0,
    level: 0,
    fanOuts: 0,
  });
}

function fillFanOut(names: readonly string[], scopes: FanOutsAround, place: GroupPlace): Group {
  const insideOf = new Map<string, string[]>();
  const things: { name: string; inside?: string[] }[] = [];
  for (const name of names) {
    const expander = scopes.get(name)?.[place.fanOuts];
    const inside = expander === undefined ? undefined : insideOf.get(expander);
    if (expander === undefined) things.push({ name });
    else if (inside !== undefined) inside.push(name);
    else {
      const first = [name];
      insideOf.set(expander, first);
      things.push({ name: expander, inside: first });
    }
  }
  const located = things.map((thing) => ({
    ...thing,
    segments: thing.inside === undefined ? split(thing.name) : [...sharedNamespace(thing.inside), thing.name],
  }));
  return fillGroup(located, scopes, place);
}

function fillGroup(things: readonly Thing[], scopes: FanOutsAround, place: GroupPlace): Group {
  const { kind, path, label, depth, level, fanOuts } = place;
  const byNamespace = new Map<string, Thing[]>();
  for (const thing of things) {
    const namespace = level < maximumLevel ? namespaceAt(thing, depth) : undefined;
    if (namespace === undefined) continue;
    const together = byNamespace.get(namespace);
    if (together === undefined) byNamespace.set(namespace, [thing]);
    else together.push(thing);
  }
  const groups: Group[] = [];
  const members: GroupMember[] = [];
  for (const thing of things) {
    const together = byNamespace.get(namespaceAt(thing, depth) ?? '') ?? [];
    if (together.length > 1) {
      if (together[0] === thing) groups.push(fillNamespace(together, scopes, place));
    } else if (thing.inside === undefined || level >= maximumLevel) {
      const names = thing.inside ?? [thing.name];
      members.push(...names.map((name) => ({ name, label: split(name).slice(depth).join('.') })));
    } else {
      groups.push(
        fillFanOut(thing.inside, scopes, {
          kind: 'fanOut',
          path: thing.name,
          label: relativeTo(thing.segments.slice(0, depth), thing.name),
          depth,
          level: level + 1,
          fanOuts: fanOuts + 1,
        }),
      );
    }
  }
  return { kind, label, path, groups, members };
}

/** Things that share the namespace at the depth of the place, and perhaps more. */
function fillNamespace(things: readonly Thing[], scopes: FanOutsAround, place: GroupPlace): Group {
  const end = sharedDepth(things, place.depth + 1);
  const namespace = things[0]?.segments.slice(0, end) ?? [];
  return fillGroup(things, scopes, {
    kind: 'namespace',
    path: namespace.join('.'),
    label: namespace.slice(place.depth).join('.'),
    depth: end,
    level: place.level + 1,
    fanOuts: place.fanOuts,
  });
}

function split(name: string): string[] {
  const segments = name.split('.');
  return segments.includes('') ? [name] : segments;
}

function relativeTo(namespace: readonly string[], name: string): string {
  const segments = split(name);
  const isInside = segments.length > namespace.length && namespace.every((part, at) => segments[at] === part);
  return isInside ? segments.slice(namespace.length).join('.') : name;
}

function namespaceAt({ segments }: Pick<Thing, 'segments'>, depth: number): string | undefined {
  return segments.length > depth + 1 ? segments[depth] : undefined;
}

function sharedNamespace(names: readonly string[]): string[] {
  const all = names.map((name) => ({ segments: split(name) }));
  return all[0]?.segments.slice(0, sharedDepth(all, 0)) ?? [];
}

/** How many leading segments all share as namespaces, given that they share `from`. */
function sharedDepth(things: readonly Pick<Thing, 'segments'>[], from: number): number {
  let depth = from;
  while (isShared(things, depth)) depth++;
  return depth;
}

function isShared(things: readonly Pick<Thing, 'segments'>[], depth: number): boolean {
  const namespaces = new Set(things.map((thing) => namespaceAt(thing, depth)));
  return namespaces.size === 1 && !namespaces.has(undefined);
}
