/** Modifiers that stand around the calls of a node: what they share. */
import { isGate } from '../draft/gate.js';
import type { ModifierContext, NodeDraft } from '../model/definition.js';
import type { NodeContext } from '../model/functions.js';
import { isExtraction } from '../draft/extraction.js';
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
 * Puts `around` around the calls of every node that computes something: not around parts taken out of a value,
 * checks, and what only passes a value on. A generator is a problem: its call only begins it.
 */
export function aroundCalls(
  nodes: readonly NodeDraft[],
  step: string,
  context: ModifierContext,
  aroundOf: (node: NodeDraft) => Around,
): readonly NodeDraft[] {
  const gates = nodes.filter(isGate);
  const checking = new Set(
    gates.flatMap(({ name, parameters: [, ...results] }) => [name, ...results.map(({ node }) => node)]),
  );
  return nodes.map((node) => {
    if (isExtraction(node) || checking.has(node.name) || node.branch !== undefined) return node;
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
  return (...args: readonly unknown[]) => {
    const values = args.slice(0, -1);
    const call = takesContext ? (shown: NodeContext) => inner(...values, shown) : () => inner(...values);
    const inputs = style === 'object' ? Object.values(values[0] ?? {}) : values;
    return around(call, args.at(-1) as NodeContext, inputs);
  };
}
