import type { RunOutcome } from './run-result.js';

/**
 * What whoever owns the process can do to a run besides the promise of its end: for the moments in which that promise
 * cannot help.
 */
export interface RunControl {
  /**
   * Hands over an error that no code caught: a rejection that nobody handles, or what a timer or an event handler
   * threw. To be called where Node tells of it, so that the code that was executing is known. The run ends as failed
   * with `FP_STRAY_ERROR`, which names the node the error comes from, or where that cannot be known those that run; nodes
   * that run are told through their signal and waited for as after a timeout.
   *
   * @returns false when the error is not of this run, or the run is already ending.
   */
  fail(error: unknown): boolean;
  /**
   * Ends the run in this very moment and gives what there is of it; nothing of it is waited for, no callback is
   * called. For a process that is about to end while synchronous code of a node holds its thread. The promise of the
   * run gives the same outcome, should it ever come to that.
   */
  abandon(kind: 'timeout' | 'cancellation', reason?: unknown): RunOutcome;
}
