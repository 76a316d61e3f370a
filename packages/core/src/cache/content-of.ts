import { isReadOnce } from '../model/is-read-once.js';
import type { GraphNode } from '../model/graph.js';
import { fingerprint, type Fingerprint } from './fingerprint.js';

/** The fingerprint of a value, as far as it may be looked at: a stream would be read by that. */
export function contentOf(value: unknown, node?: GraphNode): Fingerprint {
  return isStream(value, node) ? { uncacheable: 'it is a stream, which is read once' } : fingerprint(value);
}

/** What is loaded is a stream when its value is one. */
export function isStream(value: unknown, node?: GraphNode): boolean {
  return isReadOnce(value) || (node?.loaded === 'pair' && Array.isArray(value) && isReadOnce(value[0]));
}
