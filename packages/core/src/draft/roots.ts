/** Which of the nodes made so far run the export's own function, and under which name. */
import type { ModifierContext, NodeDraft } from '../model/definition.js';
import { isExtraction } from './extraction.js';
import { modifierProblem } from './modifier-problem.js';
import { collapsedName } from './rename-nodes.js';
import { leadingTo, outcomes } from './targets.js';

export interface Root {
  readonly name: string;
  /** What the export has become: the function first, then what earlier modifiers have put around it. */
  readonly members: ReadonlySet<NodeDraft>;
}

/**
 * One root for the export itself, with what earlier modifiers have put around it; or one for each of several
 * nodes that an earlier modifier has made of it. Reports anything else.
 */
export function rootsOf(
  nodes: readonly NodeDraft[],
  step: string,
  context: ModifierContext,
): readonly Root[] {
  const [first] = nodes;
  if (first === undefined) return [];
  const { exportName, module } = first;
  const own = nodes.filter((node) => node.exportName === exportName && node.module === module);
  const named = own.find(({ name }) => name === exportName || name === collapsedName(exportName));
  if (named !== undefined) return [{ name: named.name, members: new Set(own) }];
  const tops = outcomes(own);
  const roots = tops.map(({ name }) => {
    const leading = leadingTo(nodes, name);
    return { name, members: new Set(own.filter((node) => node.name === name || leading.has(node.name))) };
  });
  const members = roots.flatMap((root) => [...root.members]);
  if (!tops.some(isExtraction) && new Set(members).size === members.length) return roots;
  const message = 'it stands after a modifier that takes parts of several nodes';
  context.report(modifierProblem(first, step, message, `Write ${step} before that modifier.`));
  return [];
}
