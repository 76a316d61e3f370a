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
  let latest: { readonly request: ExecutionRequest; readonly plan: Planned } | undefined;
  return (request) => {
    // Most programs ask for the same again and again; comparing names costs a third of making the key.
    if (latest !== undefined && isSame(latest.request, request)) return latest.plan;
    const { outputs, inputs, overrides } = request;
    const key = `${outputs.join('\0')}\u0001${inputs.join('\0')}\u0001${overrides.join('\0')}`;
    const known = plans.get(key);
    const plan = known ?? create(request);
    plans.delete(key);
    plans.set(key, plan);
    if (plans.size > capacity) plans.delete(plans.keys().next().value!);
    // The list of outputs is the caller's, who may change it.
    latest = { request: { outputs: [...outputs], inputs, overrides }, plan };
    return plan;
  };
}

function isSame(one: ExecutionRequest, other: ExecutionRequest): boolean {
  return (
    areSame(one.outputs, other.outputs) &&
    areSame(one.inputs, other.inputs) &&
    areSame(one.overrides, other.overrides)
  );
}

function areSame(names: readonly string[], others: readonly string[]): boolean {
  if (names.length !== others.length) return false;
  for (let index = 0; index < names.length; index++) if (names[index] !== others[index]) return false;
  return true;
}
