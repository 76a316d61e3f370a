/**
 * All that fan-outs need, in one object. The modifier `parallelizable` hands it to the graph, so that a bundle
 * without fan-outs holds none of it.
 */
import type { FanOutEngine } from './fan-out-engine.js';
import { planLevels } from './plan/plan-levels.js';
import { findScopes } from './scopes.js';

export const fanOutEngine: FanOutEngine = { findScopes, planLevels };
