/** What has become of each node of a run so far, over all of its attempts. */
import type { DescribedError } from '../../errors/describe-error.js';
import type { NodeCounts } from '../../events/run-event.js';

export interface NodeState {
  /** `unfinished`: it began, and was stopped with the run. */
  readonly status: 'success' | 'failed' | 'skipped' | 'not-chosen' | 'unfinished';
  readonly durationMs?: number;
  /** Why it failed; inside a fan-out the first failure. */
  readonly error?: DescribedError;
  /** Of a skipped node: the one that failed. */
  readonly because?: string;
  /** Its value, or that of every item, came from the cache. */
  readonly cached?: true;
  /** Inside a fan-out: how many items have ended. */
  readonly items?: number;
  readonly failedItems?: number;
  readonly cachedItems?: number;
}

export class NodeStates {
  readonly #states = new Map<string, NodeState>();

  get(node: string): NodeState | undefined {
    return this.#states.get(node);
  }

  set(node: string, state: NodeState): void {
    this.#states.set(node, state);
  }

  /** Before another attempt: what failed is open again. */
  reopen(): void {
    for (const [node, { status }] of this.#states) {
      if (status === 'failed' || status === 'skipped' || status === 'unfinished') this.#states.delete(node);
    }
  }

  /** A node that starts has no outcome until it ends. */
  forget(node: string): void {
    this.#states.delete(node);
  }

  counts(): NodeCounts {
    // Data that is loaded is one node to a person: the one that loads it, whose value another one takes out.
    const states = [...this.#states]
      .filter(([node]) => !this.#states.has(`${node}.loader`))
      .map(([, state]) => state);
    const count = (status: NodeState['status']) => states.filter((state) => state.status === status).length;
    const stopped = states.filter(isStopped).length;
    const failed = count('failed');
    return {
      succeeded: count('success'),
      // What was stopped since another node failed has not failed itself.
      failed: failed > stopped ? failed - stopped : failed,
      skipped: count('skipped'),
      notChosen: count('not-chosen'),
      cached: states.filter(({ cached }) => cached).length,
    };
  }
}

function isStopped({ status, error }: NodeState): boolean {
  return status === 'failed' && (error?.name === 'AbortError' || error?.code === 'FP_FS_ABORTED');
}
