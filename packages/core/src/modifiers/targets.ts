/**
 * Which of the nodes made so far a modifier takes as the outcome of its export.
 *
 * One export may have become several nodes. A node is *inner* when another node of the same export follows
 * it: a record is followed by its fields, which drafts and types mark side by side; `X_raw` and `X.raw` are
 * followed by the `X` that they lead to. A modifier that works on outcomes takes the nodes that are not inner,
 * or the one that `target` names.
 */
import type { ValidationResult } from '../checks/validation-result.js';
import type { ModifierContext, NodeDraft, Self } from '../define/definition.js';
import { didYouMean } from '../errors/suggest.js';
import { modifierProblem } from './modifier-problem.js';

declare const innerKey: unique symbol;

/** A key in the type of a definition's nodes; it names the inner ones and is no node itself. */
export type InnerKey = typeof innerKey;

/** The names of the inner ones. */
export type InnerOf<Nodes> = Nodes extends { readonly [K in InnerKey]: infer Names } ? Names : never;
type Flatten<T> = { [K in keyof T]: T[K] } & {};

/** Stands for the export's own name inside a longer one, as in `<self>_raw`. */
export type OwnName = '<self>';

/** What a node passes on its way, such as `X_raw` and the results of its checks. */
type PassedOf<Nodes> = {
  [K in keyof Nodes]: K extends `${string}${OwnName}${string}`
    ? K
    : K extends string
      ? Nodes[K] extends ValidationResult
        ? K
        : K extends `${infer Head}_raw`
          ? Head extends keyof Nodes
            ? K
            : never
          : never
      : never;
}[keyof Nodes];

/** The names of the nodes, without the mark. */
export type NamesOf<Nodes> = Exclude<keyof Nodes, InnerKey>;

export type IsUnion<T, All = T> = [T] extends [never]
  ? false
  : T extends unknown
    ? [All] extends [T]
      ? false
      : true
    : never;

/** The nodes that `target` names; without one (`never`), all that are not inner. The own name is `Self`. */
export type TargetsOf<Nodes, Target> = [Target] extends [never]
  ? Exclude<NamesOf<Nodes>, InnerOf<Nodes> | PassedOf<Nodes>>
  : Target extends keyof Nodes
    ? Target
    : Self & keyof Nodes;

/** The nodes with some more that follow `Targets`. */
export type Followed<Nodes, Targets, More> = Flatten<
  { [K in NamesOf<Nodes>]: Nodes[K] } & More & { readonly [K in InnerKey]: InnerOf<Nodes> | Targets }
>;

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
    const message = `the target '${target}' is no node that '${first.exportName}' makes`;
    const hint = didYouMean(target, names) ?? `It makes: ${names.join(', ')}.`;
    context.report({ ...modifierProblem(first, step, message, hint), code: 'FP_UNKNOWN_TARGET' });
  }
  return found;
}
