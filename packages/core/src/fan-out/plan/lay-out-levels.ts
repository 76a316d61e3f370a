/** From levels to plans: one for the run, and in it one for each fan-out. */
import type { GraphNode } from '../../model/graph.js';
import { orderNodes } from '../../graph/order-nodes.js';
import { createPlanBuilder, type PlanBuilder } from '../../plan/plan-builder.js';
import type { Block, BlockOutput, Plan } from '../../plan/plan.js';
import type { SourceOf } from '../../plan/level-request.js';
import { asAsyncIterable, asSettled, columnAt, listFor } from './conversions.js';
import { keyOf, type Level, type Origin, type Ref, refOfEdge } from './levels.js';
import type { Selection } from './selection.js';

/** Something that a level does in one go: a node, or a whole fan-out. */
type Unit =
  | { readonly kind: 'node'; readonly position: number }
  | { readonly kind: 'block'; readonly position: number; readonly block: Level };

/**
 * @param outputs - the requested names and the positions of their entries.
 * @returns undefined when two fan-outs need each other's results in their first stages.
 */
export function layOutLevels(
  selection: Selection,
  root: Level,
  outputs: readonly { readonly name: string; readonly entry: number }[],
  sourceOf: SourceOf,
): Plan | undefined {
  const planned = selection.executed.map((position) => selection.entries[position]!.node);
  return layOut(root)?.build((slotOf) =>
    outputs.map(({ name, entry }) => ({ name, slot: slotOf({ entry, depth: 0, form: 'plain' }) })),
  );

  function layOut(level: Level) {
    const order = unitsInOrder(level);
    if (order === undefined) return undefined;
    const builder = createPlanBuilder();
    const slots = new Map<string, number>();
    const slotOf = (ref: Ref) => slots.get(keyOf(ref))!;
    const streamed = new Set<string>();
    addGivenValues(level, builder, slots);
    addSettling(level, builder, slots);
    for (const unit of order) {
      if (unit.kind === 'block') {
        if (!addBlock(level, unit.block, builder, slots, streamed)) return undefined;
        continue;
      }
      const entry = unit.position;
      const form = selection.isExpander(entry) ? 'raw' : 'plain';
      // All at once and before the node, because some of them are slots that are added now.
      const sources = [...selection.entries[entry]!.dependencies.keys()].map((edge) =>
        slotOfEdge(entry, edge),
      );
      const slot = builder.addNode(selection.entries[entry]!, (edge) => sources[edge]!);
      slots.set(keyOf({ entry, depth: level.depth, form }), slot);
    }
    return {
      build: (outputsOf: (slotOf: (ref: Ref) => number) => Plan['outputs']) =>
        builder.build(outputsOf(slotOf), level.parent === undefined ? planned : []),
    };

    function slotOfEdge(position: number, edge: number): number {
      const ref = refOfEdge(selection, position, edge);
      if (ref === undefined) return -1;
      const { collect } = selection.entries[position]!.node.dependencies[edge]!;
      if (collect?.as !== 'asyncIterable' || streamed.has(keyOf(ref))) return slotOf(ref);
      // A stream is read once, so everyone has their own.
      return builder.addInner(asAsyncIterable, slotOf(ref), nodeOf(ref));
    }
  }

  function nodeOf(ref: Ref): GraphNode {
    return selection.entries[ref.entry]!.node;
  }

  function addGivenValues(level: Level, builder: PlanBuilder, slots: Map<string, number>): void {
    if (level.parent !== undefined) {
      for (const { ref, kind } of argumentsOf(level))
        slots.set(
          keyOf(ref),
          builder.addGiven(nodeOf(ref), kind === 'capture' ? 'captured' : 'item', undefined),
        );
      return;
    }
    const given = [...level.origins.values()].filter(({ kind }) => kind === 'given');
    for (const { ref } of given.toSorted((a, b) => a.ref.entry - b.ref.entry)) {
      const { source, value } = sourceOf(ref.entry);
      slots.set(keyOf(ref), builder.addGiven(nodeOf(ref), source, value));
    }
    for (const { ref } of given) {
      if (selection.isExpander(ref.entry) || selection.scopes[ref.entry]!.length === 0) continue;
      const node = nodeOf(ref);
      slots.set(keyOf(ref), builder.addInner(listFor(node.name), slots.get(keyOf(ref))!, node));
    }
  }

  function addBlock(
    level: Level,
    block: Level,
    builder: PlanBuilder,
    slots: Map<string, number>,
    streamed: Set<string>,
  ): boolean {
    const inner = layOut(block);
    if (inner === undefined) return false;
    const outputs = [...block.outputs.values()];
    const args = argumentsOf(block);
    const expander = selection.entries[block.expander]!.node;
    const plan = inner.build((slotOf) => outputs.map(({ ref }) => ({ name: '', slot: slotOf(ref) })));
    const made: Block = {
      plan,
      expander,
      takesItem: args[0]?.kind === 'item',
      columns: args.filter(({ kind }) => kind === 'column').map(({ ref }) => nodeOf(ref).name),
      outputs: [...block.outputs].map(([name, { settled }], index) => ({
        slot: plan.outputs[index]!.slot,
        settled,
        carried: carriedAs(level, block, name),
      })),
      concurrency: expander.fanOut?.concurrency,
      stream: streamOfBlock(level, block),
    };
    const slot = builder.addBlock(
      made,
      args.map((origin) => slots.get(keyOf(argumentOf(origin)))!),
    );
    const names = [...block.outputs.keys()];
    for (const origin of level.origins.values()) {
      if (origin.kind !== 'collected' || origin.block !== block) continue;
      slots.set(
        keyOf(origin.ref),
        builder.addInner(columnAt(names.indexOf(origin.output)), slot, nodeOf(origin.ref)),
      );
      if (made.stream !== undefined) streamed.add(keyOf(origin.ref));
    }
    return true;
  }

  /** See `BlockOutput.carried`. */
  function carriedAs(level: Level, block: Level, output: string): BlockOutput['carried'] {
    const origin = [...level.origins.values()].find(
      (one) => one.kind === 'collected' && one.block === block && one.output === output,
    );
    const key = keyOf(origin!.ref);
    const takers = [...level.blocks.values()].filter((other) =>
      [...other.origins.values()].some((one) => one.kind === 'column' && keyOf(one.from) === key),
    );
    if (takers.length === 0 || level.uses.get(key) !== takers.length) return undefined;
    const collectsFailures = (taker: Level) => [...taker.outputs.values()].some(({ settled }) => settled);
    return takers.every(collectsFailures) ? 'settled' : 'plain';
  }

  function addSettling(level: Level, builder: PlanBuilder, slots: Map<string, number>): void {
    for (const origin of level.origins.values()) {
      if (origin.kind !== 'settling') continue;
      slots.set(
        keyOf(origin.ref),
        builder.addInner(asSettled, slots.get(keyOf(origin.from))!, nodeOf(origin.ref)),
      );
    }
  }

  /** Undefined when they go in a circle. */
  function unitsInOrder(level: Level): Unit[] | undefined {
    const units: Unit[] = level.entries.map((position) => ({ kind: 'node', position }));
    for (const block of level.blocks.values()) units.push({ kind: 'block', position: block.expander, block });
    units.sort((a, b) => a.position - b.position);
    const indexOfNode = new Map<number, number>();
    const indexOfBlock = new Map<Level, number>();
    for (const [index, unit] of units.entries()) {
      if (unit.kind === 'node') indexOfNode.set(unit.position, index);
      else indexOfBlock.set(unit.block, index);
    }
    const start = new Int32Array(units.length + 1);
    const targets: number[] = [];
    for (const [index, unit] of units.entries()) {
      for (const ref of refsOf(unit)) {
        const origin = level.origins.get(keyOf(ref))!;
        if (origin.kind === 'node') targets.push(indexOfNode.get(ref.entry)!);
        if (origin.kind === 'collected') targets.push(indexOfBlock.get(origin.block)!);
      }
      start[index + 1] = targets.length;
    }
    const { order, cycles } = orderNodes({ start, targets: Int32Array.from(targets) });
    return cycles.length > 0 ? undefined : Array.from(order, (index) => units[index]!);
  }

  function refsOf(unit: Unit): Ref[] {
    if (unit.kind === 'block') return argumentsOf(unit.block).map(argumentOf);
    const edges = [...selection.entries[unit.position]!.dependencies.keys()];
    return edges.map((edge) => refOfEdge(selection, unit.position, edge)).filter((ref) => ref !== undefined);
  }

  /** A fan-out can be streamed when one node takes its one output, and as a stream. */
  function streamOfBlock(level: Level, block: Level): Block['stream'] {
    if (block.outputs.size !== 1) return undefined;
    const origin = [...level.origins.values()].find((one) => one.kind === 'collected' && one.block === block);
    const key = keyOf(origin!.ref);
    if (level.uses.get(key) !== 1) return undefined;
    for (const position of level.entries) {
      for (const [edge, { collect }] of selection.entries[position]!.node.dependencies.entries()) {
        const ref = refOfEdge(selection, position, edge);
        if (ref !== undefined && collect !== undefined && keyOf(ref) === key) {
          return collect.as === 'array' ? undefined : collect.as;
        }
      }
    }
    return undefined;
  }
}

/** What a block takes from the level around it: the items, the columns, then everything else. */
function argumentsOf(block: Level): Origin[] {
  const origins = [...block.origins.values()];
  return (['item', 'column', 'capture'] as const).flatMap((kind) =>
    origins.filter((origin) => origin.kind === kind),
  );
}

/** The value that an argument is, seen from the level around the block. */
function argumentOf(origin: Origin): Ref {
  if (origin.kind === 'column') return origin.from;
  if (origin.kind === 'item') return { ...origin.ref, depth: origin.ref.depth - 1, form: 'raw' };
  return origin.ref;
}
