import type { CoreProblem } from '../errors/catalogue.js';
import type { GraphEntry } from './graph-entry.js';

/** The expanders around a node, the outermost first, as positions in the topological order. */
export type Scope = readonly number[];

/**
 * Tells for each entry inside which fan-outs it runs; no scopes when nothing fans out. Given by the part that knows fan-outs.
 *
 * @param entries - in topological order.
 */
export type FindScopes = (entries: readonly Pick<GraphEntry, 'node' | 'dependencies'>[]) => {
  readonly scopes: readonly Scope[] | undefined;
  readonly problems: readonly CoreProblem[];
};
