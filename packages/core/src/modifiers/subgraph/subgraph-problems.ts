/** Faults of a sub-graph that are told where its modifier is applied. */
import type { ModifierContext, NodeDraft } from '../../model/definition.js';
import { isGroup } from '../../draft/group.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import type { Subgraph } from './subgraph.js';

interface GivenParts {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Reports inputs that are groups, and keys that stand both in inputs and in config. */
export function areInputsSound(
  of: NodeDraft,
  step: string,
  { inputs = {}, config = {} }: GivenParts,
  context: ModifierContext,
): boolean {
  const problems: (readonly [message: string, hint: string])[] = [];
  for (const [key, given] of Object.entries(inputs)) {
    if (isGroup(given)) {
      problems.push([
        `the input '${key}' is a group`,
        'Join the values in a node of their own and give its source.',
      ]);
    }
    if (Object.hasOwn(config, key)) {
      problems.push([`'${key}' is given both in inputs and in config`, 'Give it in one of them.']);
    }
  }
  for (const [message, hint] of problems) context.report(modifierProblem(of, step, message, hint));
  return problems.length === 0;
}

/** Reports everything given to the sub-graph that nothing in it uses, except the named keys. */
export function reportUnused(
  unused: Subgraph['unused'],
  context: ModifierContext,
  except: readonly string[] = [],
): void {
  for (const [key, problem] of unused) if (!except.includes(key)) context.report(problem);
}

/** Reports a name of the sub-graph that the export has made already, once for all of them. */
export function claimNames(
  of: NodeDraft,
  step: string,
  nodes: readonly NodeDraft[],
  added: readonly NodeDraft[],
  context: ModifierContext,
): boolean {
  const made = new Set(nodes.map(({ name }) => name));
  const clash = added.find(({ name }) => made.has(name));
  if (clash === undefined) return true;
  const message = `there is already a node '${clash.name}'`;
  context.report(modifierProblem(of, step, message, 'Give each sub-graph a namespace of its own.'));
  return false;
}
