import { boundedList } from '../../errors/name-list.js';
import {
  type ModifierContext,
  type NodeDefinition,
  type NodeDraft,
  withStep,
} from '../../model/definition.js';
import { didYouMean } from '../../errors/suggest.js';
import { bindParameters } from '../../draft/bind-parameters.js';
import type { Refuse } from '../../draft/bindings.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import type { InputMisfits, InputsBefore, PipedInput } from './pipe-types.js';
import { defaultParameter, edgesOf, holds, knownParameters, leadFrom } from './piped-edges.js';
import { type Root, rootsOf } from '../../draft/roots.js';
import type { StepData } from './step.js';
import { type ChainRequest, draftChain, readSteps, type Steps, versionOfSteps } from './step-chain.js';
import { value } from '../../draft/value.js';

export interface PipeInputOptions<Parameter extends string = string> {
  /** The parameters whose values go through the steps. Default: the first. */
  readonly on?: Parameter | readonly Parameter[];
}

type InputPipe<List, On> = <Nodes, Inputs, C extends boolean>(
  definition: NodeDefinition<Nodes, Inputs, C> & Refuse<InputMisfits<Nodes, Inputs, List, On>>,
) => NodeDefinition<PipedInput<Nodes, Inputs, List, On>, InputsBefore<Inputs, List, On>, C>;

/**
 * Sends the value of a parameter through some steps, before the function of the node sees it.
 *
 * Each step becomes a node `X.with_<function>` in the order written (or has its own name, see `step`); a repeated
 * function is `X.with_<function>_1`. With several parameters the nodes are `X.<parameter>.with_<function>`. Without
 * `on`, of the modifier or of single steps, the first parameter is piped; the compiler knows no order and asks for
 * `on` where a destructured function has several. A further `pipeInput` adds its steps after those of the first.
 *
 * What `inject`, `parameterize` or `params` bind to a piped parameter, before or after, enters the first step; a
 * group must be bound after. A parameter with a default needs a value once it is piped, unless the parameter of the
 * first step has a default too. Where no step applies under the configuration the graph is as without the modifier.
 *
 * A step that does not fit does not compile. Reported at build time: `FP_BAD_MODIFIER`.
 *
 * @example
 * ```ts
 * import { createDriver, node, pipeInput, source, step } from '@flowerpower/core';
 *
 * const positive = (values: number[]) => values.filter((value) => value > 0);
 * const scale = (values: number[], by: number) => values.map((value) => value * by);
 * const m = {
 *   total: node(
 *     ({ values, offset }: { values: number[]; offset: number }) => values.reduce((sum, x) => sum + x, offset),
 *     pipeInput(step(positive), step(scale, source('rate')), { on: 'values' }),
 *   ),
 * };
 * const driver = createDriver({ modules: [m] });
 * driver.executeSync(['total'], { inputs: { values: [1, -5, 2], rate: 10, offset: 1 } }); // { total: 31 }
 * ```
 */
export function pipeInput<const List extends Steps>(...steps: List): InputPipe<List, never>;
export function pipeInput<const List extends Steps, const On extends string = never>(
  ...stepsAndOptions: readonly [...steps: List, options: PipeInputOptions<On>]
): InputPipe<List, On>;
export function pipeInput(...given: readonly unknown[]): unknown {
  return (definition: NodeDefinition<never, never, never>) =>
    withStep(definition, {
      name: 'pipeInput',
      version: versionOfSteps(given),
      apply(nodes, context) {
        const [first] = nodes;
        const read = first && readSteps(first, 'pipeInput', given, context);
        if (read === undefined) return nodes;
        const roots = rootsOf(nodes, 'pipeInput', context);
        if (roots.length === 0) return nodes;
        const on = read.on ?? defaultParameter(nodes, roots);
        const chains = chainsOf(read.steps, on);
        if (!areParametersKnown(nodes, roots, [...chains.keys()], context)) return nodes;
        const taken = new Set(nodes.map(({ name }) => name));
        let piped = nodes;
        for (const { name: base, members } of roots) {
          const names = new Set([...members].map(({ name }) => name));
          for (const [parameter, steps] of chains) {
            const middle = chains.size > 1 ? `${parameter}.` : '';
            const common = { modifier: 'pipeInput', base, several: roots.length > 1, taken };
            const holder = piped.find((node) => names.has(node.name) && holds(node, parameter));
            if (holder === undefined) continue;
            const made = pipeParameter(holder, parameter, { ...common, steps, middle }, context);
            piped = piped.flatMap((node) => (node === holder ? made : [node]));
          }
        }
        return piped;
      },
    });
}

function chainsOf(
  steps: readonly StepData[],
  on: readonly string[],
): ReadonlyMap<string, readonly StepData[]> {
  const chains = new Map<string, StepData[]>();
  for (const step of steps) {
    for (const parameter of step.on ?? on) {
      chains.set(parameter, [...(chains.get(parameter) ?? []), step]);
    }
  }
  return chains;
}

function areParametersKnown(
  nodes: readonly NodeDraft[],
  roots: readonly Root[],
  parameters: readonly string[],
  context: ModifierContext,
): boolean {
  const members = nodes.filter((node) => roots.some((root) => root.members.has(node)));
  const known = knownParameters(members);
  const report = (message: string, hint: string) =>
    context.report(modifierProblem(nodes[0]!, 'pipeInput', message, hint));
  if (parameters.length === 0)
    report('there is no parameter to pipe', 'Pipe what the node gives: pipeOutput(…).');
  const unknown = parameters.filter((parameter) => !members.some((node) => holds(node, parameter)));
  for (const parameter of unknown) {
    const hint = didYouMean(parameter, known) ?? `Its parameters are: ${boundedList(known) || 'none'}.`;
    report(`there is no parameter '${parameter}'`, hint);
  }
  return parameters.length > 0 && unknown.length === 0;
}

type Request = Pick<ChainRequest, 'modifier' | 'base' | 'several' | 'taken' | 'steps' | 'middle'>;

function pipeParameter(
  holder: NodeDraft,
  parameter: string,
  request: Request,
  context: ModifierContext,
): readonly NodeDraft[] {
  const edges = edgesOf(holder, parameter);
  const [edge] = edges;
  if (edge === undefined) {
    const hint = `Write pipeInput before the modifier that gives '${parameter}' a group.`;
    const message = `the parameter '${parameter}' takes a group`;
    context.report(modifierProblem(holder, 'pipeInput', message, hint));
    return [holder];
  }
  const { pipedAs, parameter: own, ...from } = edge;
  const entry = pipedAs === undefined ? own : undefined;
  const steps = draftChain({ ...request, of: holder, edge: from, entry }, context);
  const [first] = steps;
  if (first === undefined) return [holder];
  const boundFirst = Object.hasOwn(holder.bound, own)
    ? bindParameters(first, { [own]: value(holder.bound[own]) })
    : first;
  return [boundFirst, ...steps.slice(1), leadFrom(holder, edges, steps.at(-1)!.name)];
}
