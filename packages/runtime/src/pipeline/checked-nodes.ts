import type { Graph } from '@flowerpower/core';

/** The nodes that let a value pass after its checks, with the parameters that get what the checks found. */
export function checkedNodes({ nodes }: Graph): ReadonlyMap<string, readonly string[]> {
  const checked = new Map<string, readonly string[]>();
  for (const { name, derived, module, exportName, dependencies } of nodes.values()) {
    if (derived !== true) continue;
    // A function of the user's may take the result of a check as well; it belongs to another export.
    const results = dependencies.filter(({ node, type }) => {
      const check = nodes.get(node);
      return (
        type === 'ValidationResult' &&
        check?.derived === true &&
        check.module === module &&
        check.exportName === exportName
      );
    });
    if (results.length > 0)
      checked.set(
        name,
        results.map(({ parameter }) => parameter),
      );
  }
  return checked;
}
