/** What the checks of `checkOutput` found in a run, over all of its attempts. */
import type { NodeCall, ValidationResult } from '@flowerpower/core';

/** A check that a value did not pass. */
export interface FailedCheck extends Omit<ValidationResult, 'passed'> {
  /** The node whose value was checked. */
  readonly node: string;
  /** Inside a fan-out: for how many items it failed. The rest is about the first of them to be checked. */
  readonly items?: number;
}

export interface FailedChecks {
  /** Looks at what a node that lets a checked value pass is given. */
  note(call: Pick<NodeCall, 'node' | 'item' | 'inputs'>, attempt: number): void;
  /** In the order in which they were found. */
  list(): readonly FailedCheck[];
}

interface Found {
  readonly attempt: number;
  readonly byCheck: Map<string, FailedCheck>;
}

/** @param gates - nodes that let a checked value pass, with the parameters that get the results. */
export function createFailedChecks(gates: ReadonlyMap<string, readonly string[]>): FailedChecks {
  const found = new Map<string, Found>();
  return {
    note({ node: { name }, item, inputs }, attempt) {
      const parameters = gates.get(name);
      if (parameters === undefined) return;
      let known = found.get(name);
      // In another attempt the value is another one.
      if (known?.attempt !== attempt) found.set(name, (known = { attempt, byCheck: new Map() }));
      for (const parameter of parameters) {
        const result = inputs[parameter] as ValidationResult | undefined;
        if (result?.passed !== false) continue;
        const { passed: _passed, ...rest } = result;
        const before = known.byCheck.get(parameter) ?? { node: name, ...rest };
        const items = item !== undefined && { items: (before.items ?? 0) + 1 };
        known.byCheck.set(parameter, { ...before, ...items });
      }
    },
    list: () => [...found.values()].flatMap(({ byCheck }) => [...byCheck.values()]),
  };
}
