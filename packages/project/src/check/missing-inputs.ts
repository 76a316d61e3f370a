/** Values that a run would miss: no node, configuration or loader gives them, and the function has no default. */
import { didYouMean, downstreamOf, type Graph, boundedList } from '@flowerpower/core';
import { destructureHint, helperHint } from '@flowerpower/runtime';
import type { EdgeTarget, MissingInput } from './report.js';

export interface MissingInputsOptions {
  readonly graph: Graph;
  /** Names of values that the configuration or a loader gives. */
  readonly given: readonly string[];
  /** The nodes to compute. */
  readonly outputs: readonly string[];
  /** What to do about an input that has variants, by its name. Default: to give it. */
  readonly variants?: ReadonlyMap<string, string> | undefined;
}

/** In topological order. */
export function missingInputs({ graph, given, outputs, variants }: MissingInputsOptions): MissingInput[] {
  const needed = neededFor(outputs, graph);
  const wanted = new Map<string, EdgeTarget[]>();
  for (const node of graph.nodes.values()) {
    if (!needed.has(node.name)) continue;
    for (const { node: input, parameter, optional, type } of node.dependencies) {
      if (optional || given.includes(input) || graph.nodes.get(input)?.kind !== 'input') continue;
      const takers = wanted.get(input) ?? [];
      takers.push({ node: node.name, parameter, place: node.place, type: type?.replace(/\s+/g, ' ') });
      wanted.set(input, takers);
    }
  }
  // Where every leaf is computed, nobody has asked for one of them.
  const asked = graph.leaves.every((leaf) => outputs.includes(leaf) || isSaver(graph, leaf)) ? [] : outputs;
  return graph.inputs
    .filter((input) => wanted.has(input))
    .map((input) => {
      const takers = wanted.get(input)!;
      const users = [...new Set(takers.map(({ node }) => node))];
      const taken = users.flatMap((user) => graph.nodes.get(user)!.dependencies.map(({ node }) => node));
      // What needs the value cannot be where it comes from, nor what is taken for another parameter.
      const others = new Set([...downstreamOf(graph, ...users), ...taken]);
      const known = [...graph.nodes.keys(), ...given].filter((name) => !others.has(name));
      const missing = missingInput(input, takers, known);
      const ofVariants = variants?.get(input);
      if (ofVariants !== undefined) return { ...missing, hint: ofVariants };
      const hints = [missing.hint, destructureHint(graph, users, input), helperHint(graph, users, asked)];
      return { ...missing, hint: hints.filter((each) => each !== undefined).join(' ') };
    });
}

function isSaver({ nodes }: Graph, name: string): boolean {
  return nodes.get(name)?.kind === 'saver';
}

function neededFor(outputs: readonly string[], graph: Graph): ReadonlySet<string> {
  const needed = new Set<string>();
  const open = [...outputs];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    for (const { node } of graph.nodes.get(name)?.dependencies ?? []) open.push(node);
  }
  return needed;
}

function missingInput(
  input: string,
  wantedBy: readonly EdgeTarget[],
  known: readonly string[],
): MissingInput {
  const takers = [...new Set(wantedBy.map(({ node }) => node))];
  const places = new Map(wantedBy.flatMap(({ place }) => (place ? [[JSON.stringify(place), place]] : [])));
  const [first] = wantedBy;
  const type = takers.length === 1 && first?.type !== undefined ? ` (${first.type})` : '';
  const near = didYouMean(input, known);
  const give = `Give it under 'inputs:' or 'io: load:' in the pipeline's configuration, or when you run it: --inputs ${input}=…`;
  return {
    code: 'FP_CHECK_MISSING_INPUT',
    message: `No node, input or loader gives '${input}'${type}, which ${listOf(takers)} ${takers.length === 1 ? 'needs' : 'need'}.`,
    hint: near === undefined ? give : `${near} ${give}`,
    places: [...places.values()],
    input,
    wantedBy,
  };
}

function listOf(names: readonly string[]): string {
  const isShort = names.length > 1 && names.length <= 10;
  return isShort ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : boundedList(names);
}
