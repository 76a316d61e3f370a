import type { Part } from '../engine/part.js';
import { findScopes } from './find-scopes.js';
import { planLevels } from './plan/plan-levels.js';
import { BegunFanOuts } from './run/begun-fan-outs.js';

/** Lets an engine run graphs with `parallelizable` and `collect`. A driver of `createDriver` has it. */
export function fanOutPart(): Part {
  return { fanOut: { findScopes, planLevels, beginFanOuts: (run) => new BegunFanOuts(run) } };
}
