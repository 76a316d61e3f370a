import type { Flatten } from '../../types/flatten.js';
import {
  type ModifierContext,
  type ModifierStep,
  type NodeDefinition,
  type NodeDraft,
  withStep,
} from '../../model/definition.js';
import type { Refuse } from '../../draft/bindings.js';
import type { OutputMisfits, PipedOutput, SourcesOfSteps } from './pipe-types.js';
import type { StepData } from './step.js';
import { draftChain, readSteps, type Steps, versionOfSteps } from './step-chain.js';
import type { PassedEdge } from '../../draft/piped-edge.js';
import { markInner, outcomes, targetNodes } from '../../draft/targets.js';

export interface PipeOutputOptions<Target extends string = string> {
  /** The nodes to pipe, where the definition makes several. Default: every final one. */
  readonly on?: Target | readonly Target[];
}

type OutputPipe<List, Target> = <Nodes, Inputs, C extends boolean>(
  definition: NodeDefinition<Nodes, Inputs, C> & Refuse<OutputMisfits<Nodes, List, Target>>,
) => NodeDefinition<PipedOutput<Nodes, List, Target>, Flatten<Inputs & SourcesOfSteps<List>>, C>;

/**
 * Sends the value of the node through some steps, before anything else sees it.
 *
 * The node `X` becomes `X.raw` (the value as computed), `X.with_<function>` for each step in the order written
 * (or its own name, see `step`) and `X`, the value of the last. A repeated function is `X.with_<function>_1`. Each
 * step is a node of its own: what it needs may come from other nodes, it may be asynchronous, and it can be asked
 * for and overridden. Where no step applies under the configuration the graph is as without the modifier.
 *
 * A further `pipeOutput` adds its steps after those of the first. After a modifier that makes several nodes, every
 * final one is piped (not a record whose fields are taken out, nor a saver), or those that `on` names, of the
 * modifier or of single steps.
 *
 * A step that does not take what comes to it does not compile. Reported at build time: `FP_BAD_MODIFIER` for steps
 * and options that cannot be meant, `FP_UNKNOWN_TARGET`.
 *
 * @example
 * ```ts
 * import { createDriver, node, pipeOutput, source, step } from '@flowerpower/core';
 *
 * const trim = (text: string) => text.trim();
 * const limit = async (text: string, length: number) => text.slice(0, length);
 * const m = {
 *   title: node(
 *     ({ page }: { page: string }) => page,
 *     pipeOutput(step(trim), step(limit, source('maxLength')).named('short').when({ device: 'phone' })),
 *   ),
 * };
 * const driver = createDriver({ modules: [m], config: { device: 'phone' } });
 * await driver.execute(['title'], { inputs: { page: ' Spring ', maxLength: 3 } }); // { title: 'Spr' }
 * ```
 */
export function pipeOutput<const List extends Steps>(...steps: List): OutputPipe<List, never>;
export function pipeOutput<const List extends Steps, const Target extends string = never>(
  ...stepsAndOptions: readonly [...steps: List, options: PipeOutputOptions<Target>]
): OutputPipe<List, Target>;
export function pipeOutput(...given: readonly unknown[]): unknown {
  return (definition: NodeDefinition<never, never, never>) =>
    withStep(definition, outputStep('pipeOutput', given));
}

/** @param given - steps and, last, options, as the user gave them. */
export function outputStep(modifier: string, given: readonly unknown[]): ModifierStep {
  return {
    name: modifier,
    version: versionOfSteps(given),
    apply(nodes, context) {
      const [first] = nodes;
      const read = first && readSteps(first, modifier, given, context);
      if (read === undefined) return nodes;
      const { steps, on } = read;
      const chains = new Map<NodeDraft, StepData[]>();
      for (const step of steps) {
        for (const target of selectTargets(nodes, step.on ?? on, modifier, context)) {
          chains.set(target, [...(chains.get(target) ?? []), step]);
        }
      }
      const taken = new Set(nodes.map(({ name }) => name));
      return nodes.flatMap((node) => {
        const chain = chains.get(node);
        if (chain === undefined) return [node];
        return pipeNode(node, { modifier, chain, several: chains.size > 1, taken }, context);
      });
    },
  };
}

/** What saves a value comes after it, but is not an outcome to pipe, unless it is all there is. */
function selectTargets(
  nodes: readonly NodeDraft[],
  names: readonly string[] | undefined,
  modifier: string,
  context: ModifierContext,
): readonly NodeDraft[] {
  if (names !== undefined) return names.flatMap((name) => targetNodes(nodes, name, modifier, context));
  const found = outcomes(nodes);
  const computing = found.filter(({ kind }) => kind !== 'saver');
  return computing.length > 0 ? computing : found;
}

interface PipeRequest {
  readonly modifier: string;
  readonly chain: readonly StepData[];
  readonly several: boolean;
  readonly taken: Set<string>;
}

function pipeNode(node: NodeDraft, request: PipeRequest, context: ModifierContext): readonly NodeDraft[] {
  const { modifier, chain, several, taken } = request;
  const [edge] = node.parameters as readonly PassedEdge[];
  const pipedBefore = edge?.passed === true;
  const rawName = pipedBefore ? edge.node : freeName(`${node.name}.raw`, taken);
  const common = { modifier, of: node, base: node.name, several, taken };
  const steps = draftChain({ ...common, steps: chain, edge: { node: rawName, optional: false } }, context);
  const last = steps.at(-1);
  if (last === undefined) return [node];
  if (pipedBefore) return [...steps, { ...node, parameters: [{ ...edge, node: last.name }] }];
  taken.add(rawName);
  return [markInner({ ...node, name: rawName }), ...steps, passingNode(node, last.name)];
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  for (let count = 1; taken.has(name); count++) name = `${wanted}_${count}`;
  return name;
}

/** Keeps the documentation and tags of the node whose name it takes over; its type is that of the last step. */
function passingNode(of: NodeDraft, last: string): NodeDraft {
  const edge: PassedEdge = { parameter: 'piped value', node: last, optional: false, passed: true };
  return {
    ...of,
    kind: 'function',
    fn: (value: unknown) => value,
    style: 'positional',
    parameters: [edge],
    bound: {},
    takesContext: false,
    type: undefined,
    derived: true,
    fanOut: undefined,
    branch: undefined,
    executor: undefined,
  };
}
