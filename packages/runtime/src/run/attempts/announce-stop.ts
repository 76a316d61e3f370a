/** Says that a run which must end is still waiting, and for what. */
import type { ActiveRun } from './active-run.js';

/** Nodes that end by themselves within this time are not worth a line. */
const patienceMs = 250;

/** @returns takes the announcement back; to be called when the attempt is over. */
export function announceStop({ clock, stop, recorder, log }: ActiveRun): () => void {
  let cancel = () => {};
  const say = () => {
    const names = recorder.running().map(({ node }) => `'${node}'`);
    if (names.length === 0) return;
    const cause = stop.cause()!;
    const why =
      cause.kind === 'timeout'
        ? `has reached its timeout of ${cause.timeoutMs / 1000} s`
        : cause.kind === 'cancellation'
          ? 'was cancelled'
          : 'has failed';
    log.warn(`The run ${why}. It waits up to ${stop.graceMs / 1000} s for: ${names.join(', ')}.`);
  };
  const onAbort = () => {
    if (stop.graceMs > patienceMs) cancel = clock.schedule(patienceMs, say);
  };
  stop.signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    cancel();
    stop.signal.removeEventListener('abort', onAbort);
  };
}
