/** Values that a run would miss: no node, configuration or loader gives them, and the function has no default. */
import { didYouMean, type Graph, boundedList } from '@flowerpower/core';
import { helperHint } from '@flowerpower/runtime';
import type { EdgeTarget, MissingInput } from './report.js';

export interface MissingInputsOptions {
  readonly graph: Graph;
  /** Names of values that the configuration or a loader gives. */
  readonly given: readonly string[];
  /** The nodes to compute. */
  readonly outputs: readonly string[];
}

/** In topological order. */
export function missingInputs({ graph, given, outputs }: MissingInputsOptions): MissingInput[] {
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
      const missing = missingInput(input, takers, [...graph.nodes.keys(), ...given]);
      const users = [...new Set(takers.map(({ node }) => node))];
      const helper = helperHint(graph, users, asked);
      return helper === undefined ? missing : { ...missing, hint: `${missing.hint} ${helper}` };
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
  const near = didYouMean(
    input,
    [...new Set(known)].filter((name) => name !== input),
  );
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
