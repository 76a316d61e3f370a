import { messageOf } from '../errors/message-of.js';
import { asPromise } from './as-promise.js';
import type { NodeLog } from './functions.js';

/**
 * A log that changes nothing in a run: what keeps the given one from writing a line, also when it is asynchronous, is said
 * once, on the console. `console` throws when it is given an error whose getters do; it is then given the message instead.
 */
export function safeLog<Log extends Partial<NodeLog>>(log: Log): Log {
  let isTold = false;
  const tell = (error: unknown) => {
    if (isTold) return;
    isTold = true;
    console.warn(`Log failed: ${messageOf(error)}`);
  };
  const safe: Partial<NodeLog> = {};
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    safe[level] = (message, ...fields) => {
      const write = (given: typeof fields, otherwise: (error: unknown) => void) => {
        try {
          // Whatever a log gives: a promise is followed, and anything else has been written.
          asPromise(log[level]!(message, ...given) as unknown as PromiseLike<unknown>).catch(tell);
        } catch (error) {
          otherwise(error);
        }
      };
      write(fields, (failed) =>
        write([{ ...fields[0], error: messageOf(fields[0]?.['error'] ?? failed) }], tell),
      );
    };
  }
  return safe as Log;
}
