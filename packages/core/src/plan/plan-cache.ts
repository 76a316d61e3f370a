import type { ExecutionRequest } from './execution-request.js';

/** How many plans a driver keeps; the one that was not used for longest goes first. */
const capacity = 16;

/**
 * Keeps plans of requests that come again: a plan depends on names only, never on values.
 *
 * @param create - makes the plan of a request, with whatever belongs to it. What it throws is not kept.
 */
export function createPlanCache<Planned>(
  create: (request: ExecutionRequest) => Planned,
): (request: ExecutionRequest) => Planned {
  const plans = new Map<string, Planned>();
  let latest: { readonly key: string; readonly plan: Planned } | undefined;
  return (request) => {
    const { outputs, inputs, overrides } = request;
    const key = `${outputs.join('\0')}\u0001${inputs.join('\0')}\u0001${overrides.join('\0')}`;
    if (latest?.key === key) return latest.plan;
    const known = plans.get(key);
    const plan = known ?? create(request);
    plans.delete(key);
    plans.set(key, plan);
    if (plans.size > capacity) plans.delete(plans.keys().next().value!);
    latest = { key, plan };
    return plan;
  };
}
