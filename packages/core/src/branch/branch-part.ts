import type { Part } from '../engine/part.js';
import { canBothRun } from './can-both-run.js';
import { beginBranching, valueOfBranch } from './branching.js';

/** Lets an engine run graphs with `branch`. A driver of `createDriver` has it. */
export function branchPart(): Part {
  return { branches: { begin: beginBranching, valueOf: valueOfBranch, canBothRun } };
}
