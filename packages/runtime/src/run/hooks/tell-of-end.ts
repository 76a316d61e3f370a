/** Hooks and callbacks hear how a run ended. Nothing that they do changes it. */
import type { PipelineDefinition } from '../../config/pipeline-definition.js';
import { callAfter } from './call-hooks.js';
import type { RunOverrides } from '../prepare/run-overrides.js';
import { orStalled, stalled } from '../session/or-stalled.js';
import type { RunSession } from '../session/run-session.js';
import { callBack } from '../report/report-run.js';
import type { RunOutcome } from '../report/run-result.js';

export interface Called {
  readonly definition: PipelineDefinition;
  readonly request: RunOverrides;
}

const late: unique symbol = Symbol('late');

/** Waits for promises of theirs as a run waits for nodes: when it is told to end, for its grace period. */
export async function tellOfEnd(session: RunSession, called: Called, end: RunOutcome): Promise<void> {
  const { log, stop } = session;
  const graceOver = stop.graceOver.then((): typeof late => late);
  for (const { who, tell } of tellers(session, called, end)) {
    const told = tell();
    if (told === undefined) continue;
    const ended = await orStalled(Promise.race([told, graceOver]));
    if (ended === stalled) log.error(`${who} gave a promise that nothing is left to settle.`);
    if (ended === late)
      log.error(`${who} did not end ${stop.graceMs / 1000} s after the run had to; it is left behind.`);
  }
}

/** Promises of theirs are left to themselves; they never reject. */
export function tellOfEndSync(session: RunSession, called: Called, end: RunOutcome): void {
  for (const { tell } of tellers(session, called, end)) void tell();
}

function tellers(session: RunSession, { definition, request }: Called, end: RunOutcome) {
  const { hooks, run } = definition;
  // Those of the call stand in for those of the pipeline.
  const onSuccess = request.onSuccess ?? run.onSuccess;
  const onFailure = request.onFailure ?? run.onFailure;
  return [
    { who: 'A hook after the run', tell: () => callAfter(session, hooks, end) },
    { who: 'The callback of the run', tell: () => callBack(session, { onSuccess, onFailure }, end) },
  ];
}
