/** Functions that are called around a run. The runner is given them; who finds them is another matter. */
import { aFunction, aListOf, type OptionRule, optionProblems, type Place, required } from '@flowerpower/core';
import type { Logger } from '../logging/logger.js';
import type { RunOutcome } from '../run/report/run-result.js';

/** What a hook is told before the first node runs. */
export interface BeforeRun {
  readonly runId: string;
  readonly pipeline: string;
  /** As the run will take them. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The nodes that were asked for. */
  readonly outputs: readonly string[];
  /** Aborted when the run must end. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** What a hook is told after the last attempt. */
export interface AfterRun {
  readonly runId: string;
  readonly pipeline: string;
  readonly outcome: RunOutcome;
  readonly log: Logger;
}

export interface RunHook<Told> {
  /** As errors and log lines call it: `beforeRun in hooks/sales/notify.ts`. */
  readonly name: string;
  readonly place?: Place | undefined;
  call(told: Told): unknown;
}

export interface RunHooks {
  /** Called one after the other. The first that fails fails the run, with `FP_HOOK_FAILED`; no node runs then. */
  readonly before?: readonly RunHook<BeforeRun>[] | undefined;
  /** Called one after the other, however the run ended. What they throw is logged and changes nothing. */
  readonly after?: readonly RunHook<AfterRun>[] | undefined;
}

const aHook: OptionRule = {
  fits: (value) =>
    typeof value === 'object' &&
    value !== null &&
    optionProblems(value, {
      name: required({ fits: isText, expected: 'a text' }),
      place: anyPlace,
      call: required(aFunction),
    }).length === 0,
  expected: 'a hook with name and call',
};

const anyPlace: OptionRule = { fits: () => true, expected: 'a place' };

export const hookRules = {
  before: aListOf('hooks', undefined, aHook),
  after: aListOf('hooks', undefined, aHook),
};

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
