import { asPromise } from './as-promise.js';
import type { NodeLog } from './functions.js';

/**
 * A log that changes nothing in a run, whatever the given one throws or, where it is asynchronous, rejects with. `console`
 * throws when it is given an error whose getters do; the line then has the message alone.
 *
 * @param report - receives what keeps the given one from writing a line. Default: nobody does.
 */
export function safeLog<Log extends Partial<NodeLog>>(
  log: Log,
  report: (error: unknown) => void = () => {},
): Log {
  const safe: Partial<NodeLog> = {};
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    const write: NodeLog['warn'] = (message, ...fields) => {
      try {
        // Whatever a log gives: a promise is followed, and anything else has been written.
        asPromise(log[level]!(message, ...fields) as unknown as PromiseLike<unknown>).catch(report);
      } catch (error) {
        if (fields[0]) write(message);
        else report(error);
      }
    };
    safe[level] = write;
  }
  return safe as Log;
}
