import { messageOf } from '../errors/message-of.js';
import type { NodeLog } from './functions.js';

type Level = keyof NodeLog;
type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes a line about a run. What the log throws changes nothing in the run: `console` throws when it is given an
 * error whose getters do, and is then given the message instead of the error.
 */
export function writeLog<L extends Level>(
  log: Pick<NodeLog, L>,
  level: L,
  message: string,
  fields: Fields & { readonly error?: unknown },
): void {
  try {
    log[level](message, fields);
  } catch {
    try {
      log[level](message, 'error' in fields ? { ...fields, error: messageOf(fields.error) } : fields);
    } catch {
      // A log that cannot be written to cannot be told so.
    }
  }
}
