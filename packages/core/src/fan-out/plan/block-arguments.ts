import type { Level, Origin, Ref } from './levels.js';

/** What a block takes from the level around it: the items, the columns, then everything else. */
export function argumentsOf(block: Level): Origin[] {
  const origins = [...block.origins.values()];
  return (['item', 'column', 'capture'] as const).flatMap((kind) =>
    origins.filter((origin) => origin.kind === kind),
  );
}

/** The value that an argument is, seen from the level around the block. */
export function argumentOf(origin: Origin): Ref {
  if (origin.kind === 'column') return origin.from;
  if (origin.kind === 'item') return { ...origin.ref, depth: origin.ref.depth - 1, form: 'raw' };
  return origin.ref;
}
