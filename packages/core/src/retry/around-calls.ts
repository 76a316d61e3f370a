/** Modifiers that stand around the calls of a node: what they share. */
import { deciding } from '../model/decides.js';
import { computingNodes } from '../draft/computing-nodes.js';
import type { ModifierContext, NodeDraft } from '../model/definition.js';
import type { NodeContext } from '../model/functions.js';
import { modifierProblem } from '../draft/modifier-problem.js';

/**
 * Stands around one call of a node.
 *
 * @param call - the call; give it the context that the function is to see.
 * @param inputs - what the function receives besides the context.
 */
type Around = (
  call: (context: NodeContext) => unknown,
  context: NodeContext,
  inputs: readonly unknown[],
) => unknown;

/**
 * Puts `around` around the calls of every node that computes something. A generator is a problem: its call only begins
 * it.
 */
export function aroundCalls(
  nodes: readonly NodeDraft[],
  step: string,
  context: ModifierContext,
  aroundOf: (node: NodeDraft) => Around,
): readonly NodeDraft[] {
  const computing = computingNodes(nodes);
  return nodes.map((node) => {
    if (!computing.has(node)) return node;
    if (isGenerator(node)) {
      const hint = 'Return a promise or an array, or repeat and limit the steps inside the generator.';
      context.report(
        modifierProblem(node, step, 'it cannot reach what a generator does while it is read', hint),
      );
      return node;
    }
    return { ...node, fn: wrap(node, aroundOf(node)), takesContext: true };
  });
}

function isGenerator({ fn }: NodeDraft): boolean {
  return Object.prototype.toString.call(fn).endsWith('GeneratorFunction]');
}

/** The context comes last, however the function takes its inputs. */
function wrap({ fn, style, takesContext }: NodeDraft, around: Around): NodeDraft['fn'] {
  const inner = fn as (...args: readonly unknown[]) => unknown;
  const wrapped = (...args: readonly unknown[]) => {
    const values = args.slice(0, -1);
    const call = takesContext ? (shown: NodeContext) => inner(...values, shown) : () => inner(...values);
    const inputs = style === 'object' ? Object.values(values[0] ?? {}) : values;
    return around(call, args.at(-1) as NodeContext, inputs);
  };
  return deciding(wrapped, { calls: fn });
}
