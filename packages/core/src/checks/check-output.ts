import { type ModifierContext, type NodeDefinition, type NodeDraft, withStep } from '../model/definition.js';
import type { CoreProblem } from '../errors/catalogue.js';
import { optionProblems } from '../errors/option-problems.js';
import { aChoice } from '../errors/option-rules.js';
import type { Refuse } from '../draft/bindings.js';
import { reportFannedOut } from '../draft/fanned-out.js';
import { checkedStep, someNames } from '../draft/checked-step.js';
import { outcomes, targetNodes } from '../draft/targets.js';
import type { AnyCheck, CheckedNodes, Checks, Misfits } from './checked-nodes.js';
import { expandChecks } from './expand-checks.js';
import { previewValue } from '../errors/preview-value.js';
import { isStandardSchema } from '../model/standard-schema.js';
import type { Importance } from '../model/validation-result.js';

export interface CheckOutputOptions<Target extends string = string> {
  /** What a failing check does: log a warning (default), or fail the node. */
  readonly importance?: Importance;
  /** The nodes to check, where the definition makes several. Default: every final one. */
  readonly target?: Target | readonly Target[];
}

type CheckModifier<List, Target> = <Nodes, Inputs, C extends boolean>(
  definition: NodeDefinition<Nodes, Inputs, C> & Refuse<Misfits<Nodes, List, Target>>,
) => NodeDefinition<CheckedNodes<Nodes, List, Target>, Inputs, C>;

/**
 * Checks the value of the node before anything else sees it.
 *
 * The node `X` becomes `X_raw` (the value as computed), `X_<check>` for each check (a `ValidationResult`) and `X`,
 * which passes the value on: the same one, not a copy. A failing check of importance `warn` is logged as a warning;
 * of importance `fail`, `X` throws a `DataValidationError` (`FP_DATA_INVALID`) that lists all of them.
 *
 * It stacks: a further `checkOutput` adds its checks to the same `X_raw`. A second check of one kind is
 * `X_<check>_2`, the third `X_<check>_3`, in the order written. After a modifier that makes several nodes, every
 * final one is checked (not a record whose fields are taken out, nor a saver), or those named by `target`.
 * Overriding `X_<check>` replaces what the check found; overriding `X` skips the checks.
 *
 * A check that does not understand the type of the node does not compile; a node of type `unknown` takes any check.
 *
 * Reported at build time: `FP_BAD_MODIFIER` for checks and options that cannot be meant, `FP_UNKNOWN_TARGET`.
 *
 * @example
 * ```ts
 * import { checkOutput, createDriver, inRange, noNaNs, node } from '@flowerpower/core';
 *
 * const m = {
 *   ratio: node(
 *     ({ spend, signups }: { spend: number; signups: number }) => spend / signups,
 *     checkOutput(inRange(0, 100)),
 *     checkOutput(noNaNs(), { importance: 'fail' }),
 *   ),
 * };
 * const driver = createDriver({ modules: [m] });
 * driver.executeSync(['ratio'], { inputs: { spend: 80, signups: 10 } }); // { ratio: 8 }
 * ```
 */
export function checkOutput<const List extends Checks>(...checks: List): CheckModifier<List, never>;
export function checkOutput<const List extends Checks, const Target extends string = never>(
  ...checksAndOptions: readonly [...checks: List, options: CheckOutputOptions<Target>]
): CheckModifier<List, Target>;
export function checkOutput(...given: readonly unknown[]): unknown {
  const last = given.at(-1);
  const hasOptions = isRecord(last) && !isCheck(last) && !isStandardSchema(last);
  const options = (hasOptions ? last : {}) as CheckOutputOptions;
  const checks = (hasOptions ? given.slice(0, -1) : given) as readonly AnyCheck[];
  const problemsOf = () => [...problemsOfChecks(checks), ...optionProblems(options, rules())];
  const step = checkedStep(problemsOf, {
    name: 'checkOutput',
    version: [checks.map((check) => (isCheck(check) ? [check.name, check.description] : 'schema')), options],
    apply(nodes, context) {
      const targets = new Set(selectTargets(nodes, options.target, context));
      if (reportFannedOut([...targets], 'checkOutput', context)) return nodes;
      return expandChecks(nodes, targets, checks, options.importance ?? 'warn');
    },
  });
  return (definition: NodeDefinition<never, never, never>) => withStep(definition, step);
}

const rules = () => ({ importance: aChoice('warn', 'fail'), target: someNames });

function problemsOfChecks(checks: readonly unknown[]): CoreProblem[] {
  if (checks.length === 0) {
    return [problem('it was given no check', 'Write checkOutput(inRange(0, 1)), for example.')];
  }
  return checks.flatMap((check, index): CoreProblem[] => {
    if (!isCheck(check))
      return [problem(`argument ${index + 1}, ${previewValue(check)}, is not a check`, hintFor(check))];
    return check.problem === undefined ? [] : [problem(check.problem.message, check.problem.hint)];
  });
}

function problem(message: string, hint: string): CoreProblem {
  return { code: 'FP_BAD_OPTION', message, hint };
}

function hintFor(given: unknown): string {
  if (isStandardSchema(given))
    return 'Wrap the schema: schemaCheck(schema), or eachItem(schema) for every row.';
  if (typeof given === 'function' && given.name !== '') return `Call it: ${given.name}(…).`;
  return 'Give a built-in check, or make one with defineCheck.';
}

/** What reads a value to save it comes after it, but is not an outcome to check, unless it is all there is. */
function selectTargets(
  nodes: readonly NodeDraft[],
  target: string | readonly string[] | undefined,
  context: ModifierContext,
): readonly NodeDraft[] {
  if (target !== undefined) {
    const names = typeof target === 'string' ? [target] : target;
    return names.flatMap((name) => targetNodes(nodes, name, 'checkOutput', context));
  }
  const found = outcomes(nodes);
  const computing = found.filter(({ kind }) => kind !== 'saver');
  return computing.length > 0 ? computing : found;
}

function isCheck(value: unknown): value is AnyCheck {
  return isRecord(value) && typeof value['check'] === 'function' && typeof value['name'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
