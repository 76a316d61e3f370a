import { expandSteps } from '../../model/expand-steps.js';
import { isDefinedModule, moduleKey } from '../../model/define-module.js';
import { type AddedStep, type CollectMutations, isMutation, mutationKey } from '../../draft/mutation.js';

/** The steps that the mutations of a module add to its exports, in the order of definition. */
export const collectMutations: CollectMutations = (module, exported, report) => {
  const found = new Map<string, (AddedStep & { readonly by: string })[]>();
  for (const { name, value } of exported) {
    if (!isMutation(value)) continue;
    for (const added of value[mutationKey].stepsIn(module, name, report)) {
      found.set(added.target, [...(found.get(added.target) ?? []), { ...added, by: name }]);
    }
  }
  return (node) => {
    const added = found.get(node.exportName);
    if (added === undefined) return node;
    const origin = node.origin!;
    const sorted = added.toSorted((a, b) => a.rank - b.rank);
    const steps = sorted.map(({ step }) => step);
    return {
      ...node,
      origin: { ...origin, steps: [...origin.steps, ...steps], expand: expandSteps },
      codeVersion: isDefinedModule(module)
        ? [node.codeVersion, ...sorted.map(({ by }) => module[moduleKey](by).codeVersion)].join('-') ||
          undefined
        : undefined,
    };
  };
};
