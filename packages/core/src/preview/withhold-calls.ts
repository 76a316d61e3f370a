/** Calls nothing that a user has written; what only hands on values still does. */
import { isGateFunction } from '../draft/gate.js';
import type { GraphNode } from '../model/graph.js';
import { isReadOnce } from '../model/is-read-once.js';
import type { Block } from '../plan/plan.js';
import type { Call, Frame } from '../run/frame.js';
import type { PreviewTallies } from './node-preview.js';
import { standIn, untilOf } from './withheld.js';

export interface WithholdOptions {
  readonly tallies: PreviewTallies;
  readonly computes: (node: GraphNode) => boolean;
}

export function withholdCalls(call: Call, { tallies, computes }: WithholdOptions): Call {
  return (frame, slot) => {
    const { plan } = frame;
    const node = plan.nodes[slot];
    if (node === undefined) return callInner(frame, slot);
    const [first, ...others] = argumentsOf(frame, slot);
    if (plan.branches?.has(slot)) return takeSide(node, frame, slot);
    const isGate = node.derived === true && isGateFunction(plan.fns[slot]!);
    if (node.loaded === 'value' || isGate) {
      const until = untilOf(first);
      if (until.size > 0) return handOn(node, until);
      if (frame.cached?.has(slot) !== true) tallies.runs(node.name, handed(node));
      // What its checks find is not known; if it passes them, it is this.
      if (isGate && others.some((result) => untilOf(result).size > 0)) return first;
      return call(frame, slot);
    }
    return computes(node) ? call(frame, slot) : readStreams(frame, slot);
  };

  /** Of an iterator that somebody has given, the items are for the run. */
  function callInner(frame: Frame, slot: number): unknown {
    const { plan, values } = frame;
    const block = plan.blocks?.get(slot);
    if (block === undefined) return call(frame, slot);
    const list = plan.args[plan.argStart[slot]!]!;
    if (block.takesItem && list < plan.given && isReadOnce(values[list])) {
      tallies.openLists.add(block.expander.name);
      values[list] = standIn(block.expander, [block.expander.name]);
    }
    stretchLists(frame, slot, block);
    return call(frame, slot);
  }

  function takeSide(node: GraphNode, frame: Frame, slot: number): unknown {
    tallies.runs(node.name, { reason: 'takes-side' });
    const open = untilOf(frame.values[frame.plan.args[frame.plan.argStart[slot]!]!]);
    if (open.size > 0) {
      tallies.openBranches.set(node.name, open);
      return listed(node, open);
    }
    const value = call(frame, slot);
    const until = untilOf(value);
    return until.size === 0 ? value : listed(node, until);
  }

  /** The value is as old or as new as the one that it is taken from. */
  function handOn(node: GraphNode, until: ReadonlySet<string>): unknown {
    const [source] = node.dependencies;
    const from = source === undefined ? undefined : tallies.get(source.node);
    if (from === undefined || from.miss !== undefined) tallies.runs(node.name, handed(node));
    else tallies.awaits(node.name, until);
    return listed(node, until);
  }

  function listed(node: GraphNode, until: ReadonlySet<string>): unknown {
    if (node.fanOut !== undefined) tallies.openLists.add(node.name);
    return standIn(node, until);
  }
}

function handed({ loaded }: GraphNode): { readonly reason: 'loaded-anew' | 'passed-on' } {
  return { reason: loaded === 'value' ? 'loaded-anew' : 'passed-on' };
}

/** Lists that are given say how many items there are, also where one item stands for all. */
function stretchLists({ plan, values }: Frame, slot: number, { takesItem, columns }: Block): void {
  const start = plan.argStart[slot]!;
  const lists = Array.from(plan.args.subarray(start, start + columns.length + Number(takesItem)));
  const known = lists.find((list) => Array.isArray(values[list]) && untilOf(values[list]).size === 0);
  if (known === undefined) return;
  const { length } = values[known] as readonly unknown[];
  for (const list of lists) {
    const value = values[list];
    const isOpen = Array.isArray(value) && value.length !== length && untilOf(value).size > 0;
    if (isOpen) values[list] = Array.from({ length }, () => value[0] as unknown);
  }
}

function argumentsOf({ plan, values }: Frame, slot: number): unknown[] {
  return Array.from(plan.args.subarray(plan.argStart[slot], plan.argStart[slot + 1]), (arg) => values[arg]);
}

/** What a node would read of the items of a fan-out as they come. Nobody sees what becomes of them otherwise. */
function readStreams(frame: Frame, slot: number): Promise<void> | undefined {
  const { plan, values } = frame;
  const streams = Array.from(plan.args.subarray(plan.argStart[slot], plan.argStart[slot + 1])).flatMap(
    (arg) =>
      plan.nodes[arg] === undefined && isReadOnce(values[arg]) ? [values[arg] as AsyncIterable<unknown>] : [],
  );
  return streams.length === 0 ? undefined : readAll(streams);
}

async function readAll(streams: readonly AsyncIterable<unknown>[]): Promise<void> {
  for (const stream of streams) {
    try {
      for await (const _item of stream);
    } catch {
      // The items are counted as far as they came.
    }
  }
}
