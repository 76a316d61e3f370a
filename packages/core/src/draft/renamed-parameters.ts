import type { NodeDraft } from '../model/definition.js';

export interface RenamedParameter {
  readonly parameter: string;
  /** The name of a node. */
  readonly original: string;
}

/**
 * esbuild renames a parameter that shadows a module-level name: `rawData` becomes `rawData2`.
 *
 * @param draft - a node whose parameters were read from compiled text.
 * @param isNode - true for the names of nodes. A digit at the end of a name that no node has without it says nothing.
 */
export function renamedParameters(
  draft: NodeDraft,
  isNode: (name: string) => boolean,
): readonly RenamedParameter[] {
  return draft.parameters.flatMap(({ parameter, node }) => {
    const original = parameter === node && !isNode(node) ? /^(.*\D)\d+$/.exec(parameter)?.[1] : undefined;
    return original !== undefined && isNode(original) ? { parameter, original } : [];
  });
}
