import type { Part } from '../engine/part.js';
import type { Plan } from '../plan/plan.js';
import type { CallTable } from '../run/call-table.js';
import { findScopes } from './find-scopes.js';
import { planLevels } from './plan/plan-levels.js';
import { BegunFanOuts } from './run/begun-fan-outs.js';

/** Lets an engine run graphs with `parallelizable` and `collect`. A driver of `createDriver` has it. */
export function fanOutPart(): Part {
  // How the functions inside are called is learnt from run to run, as it is outside.
  const tables = new WeakMap<Plan, CallTable>();
  return { fanOut: { findScopes, planLevels, beginFanOuts: (run) => new BegunFanOuts(run, tables) } };
}
