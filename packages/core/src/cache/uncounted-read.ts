/** What a node read of its context that its key does not count. */
import type { ContextKey } from '../run/context-reads.js';
import type { Fingerprint } from './fingerprint.js';

/** Other values in another run, or for another item of the same content. */
const changing: readonly ContextKey[] = ['item', 'runId', 'attempt', 'idempotencyKey'];

/**
 * Why the value may be another one although its key is the same; undefined when it may not. `signal` and `log` do not
 * count, because a value should not come of them.
 *
 * @param reads - gives nothing for a node that ran where nobody saw its reads.
 * @param resources - the fingerprint of the resources; undefined where they do not count.
 */
export function uncountedRead(
  reads: (() => ReadonlySet<ContextKey> | undefined) | undefined,
  resources: Fingerprint | undefined,
): string | undefined {
  if (reads === undefined) return undefined;
  const read = reads();
  if (read === undefined) return 'it takes its context where its reads are not seen';
  const key = changing.find((name) => read.has(name));
  if (key !== undefined) return `it reads \`${key}\` of its context, which is not a part of its key`;
  if (resources === undefined || 'hash' in resources || !read.has('resources')) return undefined;
  return `it reads \`resources\` of its context, of which ${resources.uncacheable}`;
}
