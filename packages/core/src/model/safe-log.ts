import { messageOf } from '../errors/message-of.js';
import { asPromise } from './as-promise.js';
import type { NodeLog } from './functions.js';

/**
 * A log that changes nothing in a run: what keeps the given one from writing a line, also when it is asynchronous, is said
 * once, on the console. `console` throws when it is given an error whose getters do; the line then has the message alone.
 */
export function safeLog<Log extends Partial<NodeLog>>(log: Log): Log {
  let failures = 0;
  const tell = (error: unknown) => {
    if (!failures++) console.warn(`Log: ${messageOf(error)}`);
  };
  const safe: Partial<NodeLog> = {};
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    const write: NodeLog['warn'] = (message, ...fields) => {
      try {
        // Whatever a log gives: a promise is followed, and anything else has been written.
        asPromise(log[level]!(message, ...fields) as unknown as PromiseLike<unknown>).catch(tell);
      } catch (error) {
        if (fields[0]) write(message);
        else tell(error);
      }
    };
    safe[level] = write;
  }
  return safe as Log;
}
