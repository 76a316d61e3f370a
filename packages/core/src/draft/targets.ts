/**
 * Which of the nodes made so far a modifier takes as the outcome of its export.
 *
 * One export may have become several nodes. A node is *inner* when another node of the same export follows
 * it: a record is followed by its fields, which drafts and types mark side by side; `X_raw` and `X.raw` are
 * followed by the `X` that they lead to. A modifier that works on outcomes takes the nodes that are not inner,
 * or the one that `target` names.
 */
import { boundedList } from '../errors/name-list.js';
import type { ModifierContext, NodeDraft } from '../model/definition.js';
import { didYouMean } from '../errors/suggest.js';
import { modifierProblem } from './modifier-problem.js';

interface MarkedDraft extends NodeDraft {
  readonly inner?: boolean;
}

export function markInner(node: NodeDraft): NodeDraft {
  const marked: MarkedDraft = { ...node, inner: true };
  return marked;
}

/** The nodes that no other follows. */
export function outcomes(nodes: readonly NodeDraft[]): readonly NodeDraft[] {
  const passed = new Set(
    nodes.flatMap(({ name }) =>
      [...leadingTo(nodes, name)].filter(
        (other) => other.startsWith(`${name}.`) || other.startsWith(`${name}_`),
      ),
    ),
  );
  return nodes.filter((node) => (node as MarkedDraft).inner !== true && !passed.has(node.name));
}

/** The names of those nodes that the named one needs, directly or not. */
export function leadingTo(nodes: readonly NodeDraft[], name: string): ReadonlySet<string> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const found = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { node } of byName.get(next)?.parameters ?? []) {
      if (!byName.has(node) || found.has(node) || node === name) continue;
      found.add(node);
      open.push(node);
    }
  }
  return found;
}

/** Reports a target that does not exist. */
export function targetNodes(
  nodes: readonly NodeDraft[],
  target: string | undefined,
  step: string,
  context: ModifierContext,
): readonly NodeDraft[] {
  if (target === undefined) return outcomes(nodes);
  const found = nodes.filter(({ name }) => name === target);
  const [first] = nodes;
  if (found.length === 0 && first !== undefined) {
    const names = nodes.map(({ name }) => name);
    const message = `the target '${target}' is not a node that '${first.exportName}' makes`;
    const hint = didYouMean(target, names) ?? `It makes: ${boundedList(names)}.`;
    context.report({ ...modifierProblem(first, step, message, hint), code: 'FP_UNKNOWN_TARGET' });
  }
  return found;
}
