/**
 * Who reads the value of a slot. An iterator can be read once: whoever comes second finds it empty, and computes with
 * too little.
 */
import type { CoreErrorCode } from '../errors/catalogue.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { boundedList } from '../errors/name-list.js';
import type { Plan } from './plan.js';

type Edges = Pick<Plan, 'nodes' | 'given' | 'count' | 'argStart' | 'args' | 'outputs' | 'blocks'>;

/** 1 for the slots that have more than one reader; undefined when there are none. */
export function sharedSlots(plan: Edges): Uint8Array | undefined {
  const isRead = new Uint8Array(plan.count);
  const shared = new Uint8Array(plan.count);
  let found = false;
  eachReader(plan, (slot, isMany) => {
    if (isMany || isRead[slot] === 1) {
      shared[slot] = 1;
      found = true;
    }
    isRead[slot] = 1;
  });
  return found ? shared : undefined;
}

/** @param value - what the message says of the value, up to "but". */
export function readTwice(
  plan: Edges & Pick<Plan, 'sources'>,
  slot: number,
  value: string,
): FlowerPowerError {
  const names: string[] = [];
  const isItem = plan.sources.includes('item');
  const taker = isItem ? 'what collects it' : 'the caller';
  eachReader(plan, (source, isMany, reader) => {
    if (source !== slot) return;
    const name = (plan.blocks?.get(reader)?.expander ?? plan.nodes[reader])?.name;
    names.push(isMany ? `every item of '${name}'` : name === undefined ? taker : `'${name}'`);
  });
  const code: CoreErrorCode = 'FP_READ_TWICE';
  return new FlowerPowerError({
    code,
    message: `${value} can be read only once, but several read it: ${boundedList(names)}.`,
    hint: 'Give an array instead, or let one node read it and the others use what that node makes of it.',
  });
}

/**
 * Each reader of each slot once, with its own slot, or the count of slots for whoever takes the outputs. `isMany`: it is
 * read again for every item. Checks look at values as they are.
 */
function eachReader(
  { nodes, given, count, argStart, args, outputs, blocks }: Edges,
  found: (slot: number, isMany: boolean, reader: number) => void,
): void {
  const lastReader = new Int32Array(count).fill(-1);
  for (let reader = given; reader < count; reader++) {
    const node = nodes[reader];
    if (node?.derived && node.type === 'ValidationResult') continue;
    const first = argStart[reader]!;
    const block = blocks?.get(reader);
    const ofItem = block === undefined ? args.length : Number(block.takesItem) + block.columns.length;
    for (let edge = first; edge < argStart[reader + 1]!; edge++) {
      const source = args[edge]!;
      if (lastReader[source] === reader) continue;
      lastReader[source] = reader;
      found(source, edge - first >= ofItem, reader);
    }
  }
  for (const slot of new Set(outputs.map((output) => output.slot))) found(slot, false, count);
}
