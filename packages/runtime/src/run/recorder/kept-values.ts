/** Values of nodes that succeeded, for the next attempt of a run. */
import { blamesValue, type Graph, type NodeOutcome, valuesToBlame } from '@flowerpower/core';

export interface KeptValues {
  keep(node: string, value: unknown): void;
  /**
   * Forgets what failed and what is to blame for it, with everything that was made of it: what failed its check once
   * would fail it in every attempt.
   */
  forgetFailed(outcomes: Readonly<Record<string, NodeOutcome>>): void;
  list(): Readonly<Record<string, unknown>>;
}

export function createKeptValues({ nodes }: Graph): KeptValues {
  const values = new Map<string, unknown>();
  return {
    keep: (node, value) => void values.set(node, value),
    forgetFailed(outcomes) {
      const faulty = new Set<string>();
      for (const [name, outcome] of Object.entries(outcomes)) {
        if (outcome.status !== 'failed') continue;
        // The function of a node that fans out may have given what nobody can go through.
        faulty.add(name);
        const node = nodes.get(name);
        if (node === undefined || !blamesValue(outcome.error.cause)) continue;
        for (const blamed of valuesToBlame([node], nodes)) faulty.add(blamed.name);
      }
      if (faulty.size === 0) return;
      // In topological order, so what a node needs has been looked at before.
      for (const { name, dependencies } of nodes.values()) {
        if (!faulty.has(name) && !dependencies.some((edge) => faulty.has(edge.node))) continue;
        faulty.add(name);
        values.delete(name);
      }
    },
    list: () => Object.fromEntries(values),
  };
}
