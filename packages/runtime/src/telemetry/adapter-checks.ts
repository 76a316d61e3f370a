/** What adapters have against a graph, or against the inputs of a run: all of them are asked, and all they say is told together. */
import { type Graph, messageOf, type Problem } from '@flowerpower/core';
import type { Finding } from '@flowerpower/plugin';
import type { RuntimeErrorCode } from '../errors/catalogue.js';
import type { ChosenAdapter } from './resolve-adapters.js';

const code: RuntimeErrorCode = 'FP_ADAPTER_REFUSAL';

export function graphProblems(adapters: readonly ChosenAdapter[], graph: Graph): Problem[] {
  return adapters.flatMap((adapter) =>
    problemsOf(adapter, graph, () => adapter.factory.checkGraph?.(graph, adapter.options)),
  );
}

export function inputProblems(
  adapters: readonly ChosenAdapter[],
  graph: Graph,
  inputs: Readonly<Record<string, unknown>>,
): Problem[] {
  return adapters.flatMap((adapter) =>
    problemsOf(adapter, graph, () => adapter.factory.checkInputs?.(inputs, graph, adapter.options)),
  );
}

/** A check that fails has not passed. */
function problemsOf(
  { name }: ChosenAdapter,
  graph: Graph,
  check: () => readonly Finding[] | undefined,
): Problem[] {
  const at = `run.withAdapter.${name}: `;
  try {
    return (check() ?? []).map(({ message, hint, node }) => {
      const place = node === undefined ? undefined : graph.nodes.get(node)?.place;
      return { code, message: `${at}${message}`, hint, ...(place !== undefined && { places: [place] }) };
    });
  } catch (error) {
    return [{ code, message: `${at}its check failed: ${messageOf(error)}` }];
  }
}
