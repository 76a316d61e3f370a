/**
 * Who reads the value of a slot. An iterator or a stream can be read once: whoever comes second finds it empty, and
 * computes with too little.
 */
import type { CoreErrorCode } from '../errors/catalogue.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { boundedList } from '../errors/name-list.js';
import { leavesUnread } from '../model/decides.js';
import { isOneShot } from '../model/is-read-once.js';
import type { PlanEdges, Readers } from '../plan/readers.js';

/** 1 for the slots that have more than one reader; undefined when there are none. */
export function sharedSlots(plan: PlanEdges): Uint8Array | undefined {
  const read = new Uint8Array(plan.count);
  const shared = new Uint8Array(plan.count);
  let found = false;
  eachReader(plan, (slot, isMany) => {
    if (isMany || read[slot] === 1) {
      shared[slot] = 1;
      found = true;
    }
    read[slot] = 1;
  });
  return found ? shared : undefined;
}

export const refusal: Readers['refusal'] = (plan, slot, value, branches) => {
  if (!isOneShot(value)) return undefined;
  const names: string[] = [];
  const readers: number[] = [];
  const isItem = plan.sources.includes('item');
  const taker = isItem ? 'what collects it' : 'the caller';
  eachReader(plan, (source, isMany, name, reader) => {
    if (source !== slot) return;
    names.push(isMany ? `every item of '${name}'` : name === undefined ? taker : `'${name}'`);
    readers.push(reader, ...(isMany ? [reader] : []));
  });
  if (plan.branches && branches?.canBothRun(plan, readers) === false) return undefined;
  const code: CoreErrorCode = 'FP_READ_TWICE';
  return new FlowerPowerError({
    code,
    message: `${whatIs(plan, slot)} can be read only once, but is read several times: by ${boundedList(names)}.`,
    hint: 'Give an array instead, or let one node read it and the others use what that node makes of it.',
  });
};

function whatIs({ nodes, sources }: PlanEdges, slot: number): string {
  const source = sources[slot];
  return source === undefined || source === 'item'
    ? 'It gave an iterator or a stream, which'
    : `The iterator or stream that is given for '${nodes[slot]!.name}'`;
}

/** Each time a slot is read, by whom; -1 is whoever gets the outputs. `isMany`: it is read again for every item. */
function eachReader(
  { nodes, given, count, argStart, args, outputs, blocks, fns }: PlanEdges,
  found: (slot: number, isMany: boolean, name: string | undefined, reader: number) => void,
): void {
  for (let reader = given; reader < count; reader++) {
    const block = blocks?.get(reader);
    const node = nodes[reader];
    if (node?.derived && node.type === 'ValidationResult' && leavesUnread(fns[reader])) continue;
    const first = argStart[reader]!;
    const ofItem = block === undefined ? 0 : Number(block.takesItem) + block.columns.length;
    for (let edge = first; edge < argStart[reader + 1]!; edge++) {
      found(
        args[edge]!,
        block !== undefined && edge - first >= ofItem,
        (block?.expander ?? node)?.name,
        reader,
      );
    }
  }
  for (const slot of new Set(outputs.map((output) => output.slot))) found(slot, false, undefined, -1);
}
