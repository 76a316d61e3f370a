import { isInstance } from '../../errors/is-error.js';

/** What a fan-out throws that ends early because the run does, not because of a failure of its own. */
export class Interruption extends Error {
  override readonly name = 'AbortError';

  constructor() {
    super('The run has ended before all items were given.');
  }
}

/** False also for what cannot be asked what it is. */
export function isInterruption(error: unknown): boolean {
  return isInstance(error, Interruption);
}
