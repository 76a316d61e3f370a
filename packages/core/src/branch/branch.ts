import { optionProblems } from '../errors/option-problems.js';
import { aText } from '../errors/option-rules.js';
import { argumentProblems, checkedStep, entryProblems } from '../draft/checked-step.js';
import { chooseSide } from './choose-side.js';
import { requirePart } from '../draft/require-part.js';
import { expandSteps } from '../model/expand-steps.js';
import { readNamed } from '../model/named-inputs.js';
import { type DefinitionData, definitionKey, type NodeDefinition, type Self } from '../model/definition.js';
import type { Branch } from '../model/graph.js';
import type { ValueOf } from '../types/references.js';

type Cases = Readonly<Record<string, string>>;

export interface BranchOptions<Otherwise extends string = string> {
  /** The node to take when no case fits. Without it such a value fails the branch with `FP_NO_BRANCH`. */
  readonly otherwise?: Otherwise;
}

/** The nodes that may be taken. */
type SidesOf<C extends Cases, Otherwise extends string> = C[keyof C] | Otherwise;

/** Texts, numbers and booleans choose by their text. Without `otherwise` the value must be one of the cases. */
type ChoiceOf<C extends Cases, Otherwise extends string> = [Otherwise] extends [never]
  ? Choice<keyof C & string>
  : string | number | boolean | null | undefined;
type Choice<Text> = Text extends 'true'
  ? true | 'true'
  : Text extends 'false'
    ? false | 'false'
    : Text extends `${infer N extends number}`
      ? N | Text
      : Text;

type BranchInputs<On extends string, C extends Cases, Otherwise extends string> = {
  readonly [K in On]: ChoiceOf<C, Otherwise>;
} & { readonly [K in SidesOf<C, Otherwise>]: unknown };

type BranchFunction<On extends string, C extends Cases, Otherwise extends string> = (
  inputs: BranchInputs<On, C, Otherwise>,
) => unknown;

/**
 * A node that gives the value of one of several nodes, chosen by the value of another when the graph runs. Only
 * the chosen side runs; what only the other sides need does not.
 *
 * Inputs that any side needs must be given, because the plan is made before the choice is known. A value that
 * fits no case fails with `FP_NO_BRANCH`, unless `otherwise` names a node. An engine needs `branchPart()`.
 *
 * @param on - the node whose value chooses; a text, number or boolean.
 * @param cases - for each value, by its text, the node to take.
 *
 * @example
 * ```ts
 * import { branch, createDriver } from '@flowerpower/core';
 *
 * const m = {
 *   size: ({ rows }: { rows: number }): 'small' | 'large' => (rows > 1000 ? 'large' : 'small'),
 *   exact: ({ rows }: { rows: number }) => `all ${rows}`,
 *   sampled: () => 'a sample',
 *   summary: branch('size', { small: 'exact', large: 'sampled' }),
 * };
 * createDriver({ modules: [m] }).executeSync(['summary'], { inputs: { rows: 3 } }); // { summary: 'all 3' }
 * ```
 */
export function branch<
  const On extends string,
  const C extends Cases,
  const Otherwise extends string = never,
>(
  on: On,
  cases: C,
  options: BranchOptions<Otherwise> = {},
): BranchFunction<On, C, Otherwise> &
  NodeDefinition<{ readonly [K in Self]: ValueOf<SidesOf<C, Otherwise>> }, BranchInputs<On, C, Otherwise>> {
  const problemsOf = () => [
    ...argumentProblems('What chooses', aText, on),
    ...entryProblems('The cases', { ...aText, hint: "Write branch('kind', { a: 'one', b: 'two' })." }, cases),
    ...optionProblems(options, { otherwise: aText }),
  ];
  const isSound = problemsOf().length === 0;
  const made: Branch = { on, cases, otherwise: isSound ? options.otherwise : undefined };
  const sides = [...Object.values(cases ?? {}), ...(made.otherwise === undefined ? [] : [made.otherwise])];
  const inputs = isSound ? [...new Set([on, ...sides])] : [];
  const fn = (...values: readonly unknown[]) => values[inputs.indexOf(chooseSide(made, values[0]))];
  const data: DefinitionData = {
    fn,
    inputs,
    read: readNamed(fn, inputs),
    kind: 'function',
    expand: expandSteps,
    steps: [
      checkedStep(problemsOf, {
        name: 'branch',
        apply(nodes, context) {
          requirePart(nodes[0], context, {
            part: 'branches',
            code: 'FP_BAD_MODIFIER',
            message: 'is a branch, but this engine has no part for branches',
            hint: "Give branchPart() of '@flowerpower/core/modifiers' in parts.",
          });
          return nodes.map((node) => ({ ...node, branch: made, derived: true }));
        },
      }),
    ],
  };
  const callable = (given: Readonly<Record<string, unknown>>) => given[chooseSide(made, given[on])];
  return Object.assign(callable, { [definitionKey]: data }) as never;
}
