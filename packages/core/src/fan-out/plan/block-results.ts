/** How the level around a block takes its results. */
import type { Block, BlockOutput } from '../../plan/plan.js';
import { keyOf, type Level, refOfEdge } from './levels.js';
import type { Selection } from './selection.js';

/** See `BlockOutput.carried`. */
export function carriedAs(level: Level, block: Level, output: string): BlockOutput['carried'] {
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

/** A fan-out can be streamed when one node takes its one output, and as a stream. */
export function streamOfBlock(selection: Selection, level: Level, block: Level): Block['stream'] {
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
