/** How many retries the items of a run share: a service that is down is not to be asked thousands of times. */
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { messageOf } from '../errors/message-of.js';
import type { NodeContext } from '../model/functions.js';
import { unwatched } from '../run/context-reads.js';

/** Of the calls for items: this share may be retries that did not help. */
export const defaultBudget = 0.2;

/** Whatever the share: so few items need no limit. */
const leastRetries = 10;

interface Spent {
  calls: number;
  /** Those that go on, and those after which the item failed all the same. */
  retries: number;
}

/** Of the runs that asked last: nobody says when a run has ended. */
const spentByRun = new Map<string, Spent>();
const mostRuns = 64;

/** Counts the first call for an item. Undefined outside of fan-outs, where the graph itself limits the calls. */
export function countCall(context: NodeContext): Spent | undefined {
  const { item, runId } = unwatched(context);
  if (item === undefined) return undefined;
  let spent = spentByRun.get(runId);
  if (spent === undefined) {
    spentByRun.set(runId, (spent = { calls: 0, retries: 0 }));
    if (spentByRun.size > mostRuns) spentByRun.delete(spentByRun.keys().next().value!);
  }
  spent.calls++;
  return spent;
}

/** Retries after which the item succeeded cost nothing. */
export function giveBack(spent: Spent | undefined, retries: number): void {
  if (spent !== undefined) spent.retries -= retries;
}

/** @throws FlowerPowerError `FP_RETRY_BUDGET` when all retries are used up. */
export function spendRetry(spent: Spent | undefined, share: number, node: string, error: unknown): void {
  if (spent === undefined) return;
  if (spent.retries < Math.max(leastRetries, share * spent.calls)) {
    spent.retries++;
    return;
  }
  const { calls, retries } = spent;
  const used = `retry_budget: ${retries} retries without success in ${calls} calls`;
  const exhausted = new FlowerPowerError({
    code: 'FP_RETRY_BUDGET',
    message: `${messageOf(error)} The node '${node}' is not tried again: the budget of the run is used up (${used}).`,
    hint: 'A service that many calls need seems to be down. When it is not, give more: retry({ budget: 1, … }).',
    context: { node, reason: 'retry_budget', calls, retries },
    cause: error,
  });
  throw Object.assign(exhausted, { retryable: false });
}
