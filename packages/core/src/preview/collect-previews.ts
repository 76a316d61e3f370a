/** From what the calls would do to what is foretold of each node, also of those that nobody called. */
import { fanOutsAround } from '../inspect/fan-outs-around.js';
import type { Graph, GraphNode } from '../model/graph.js';
import type { NodePreview, PreviewTallies } from './node-preview.js';

/** @param planned - in topological order. */
export function collectPreviews(
  graph: Graph,
  planned: readonly GraphNode[],
  tallies: PreviewTallies,
): NodePreview[] {
  const around = fanOutsAround(graph);
  const position = new Map([...graph.nodes.keys()].map((name, index) => [name, index]));
  const inOrder = (names: Iterable<string>) => [...names].sort((a, b) => position.get(a)! - position.get(b)!);
  const users = new Map<string, { readonly user: GraphNode; readonly parameter: string }[]>();
  for (const user of planned) {
    for (const { node, parameter } of user.dependencies) {
      const known = users.get(node);
      if (known === undefined) users.set(node, [{ user, parameter }]);
      else known.push({ user, parameter });
    }
  }
  const previews = new Map<string, NodePreview>();
  /** Of nodes that are needed for some items, what keeps others from being known. */
  const openings = new Map<string, NodePreview>();
  for (const node of [...planned].reverse()) previews.set(node.name, previewOf(node));
  return planned.map(({ name }) => previews.get(name)!);

  function previewOf({ name }: GraphNode): NodePreview {
    const tally = tallies.get(name);
    if (tally === undefined) return uncalled(name);
    const { calls, hits, miss, until, changed } = tally;
    const fanOuts = around.get(name) ?? [];
    const isOpen = fanOuts.some((fanOut) => tallies.openLists.has(fanOut));
    const inside = fanOuts.length > 0 && {
      each: fanOuts.at(-1),
      ...(!isOpen && { items: { all: calls, cached: hits } }),
    };
    if (miss !== undefined) return { node: name, action: 'run', ...miss, ...inside };
    // For some items it is needed, and for others only a choice can tell.
    const untold = fanOuts.length > 0 ? uncalled(name) : undefined;
    if (untold?.action === 'unknown') {
      openings.set(name, untold);
      return { ...untold, until: inOrder([...untold.until!, ...(until ?? [])]), ...inside };
    }
    if (until !== undefined) {
      return {
        node: name,
        action: 'unknown',
        reason: 'awaits-values',
        until: inOrder(until),
        ...(changed !== undefined && {
          changed: changed.reason as NodePreview['changed'],
          inputs: changed.inputs,
        }),
        ...inside,
      };
    }
    return { node: name, action: 'cached', reason: 'found', ...inside };
  }

  /** Only a side of a branch needs it, or it is in a fan-out without items. */
  function uncalled(name: string): NodePreview {
    const until = new Set<string>();
    let branch: string | undefined;
    let skipped: NodePreview | undefined;
    for (const { user } of users.get(name) ?? []) {
      const inherited =
        tallies.get(user.name) === undefined ? previews.get(user.name) : openings.get(user.name);
      const open = tallies.openBranches.get(user.name) ?? inherited?.until;
      if (open !== undefined) {
        for (const each of open) until.add(each);
        branch ??= inherited?.branch ?? user.name;
      } else if (inherited !== undefined) skipped ??= { ...inherited, node: name };
      else if (user.branch !== undefined) {
        skipped ??= { node: name, action: 'skip', reason: 'not-chosen', branch: user.name };
      }
    }
    if (until.size > 0) {
      return { node: name, action: 'unknown', reason: 'awaits-choice', until: inOrder(until), branch };
    }
    return skipped ?? { node: name, action: 'skip', reason: 'no-items', each: around.get(name)?.at(-1) };
  }
}
