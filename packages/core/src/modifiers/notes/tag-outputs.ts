import { boundedList } from '../../errors/name-list.js';
import { isRecord } from '../../errors/option-rules.js';
import { tagFaults } from './tag-faults.js';
import { type NodeDefinition, type Self, withStep } from '../../model/definition.js';
import { didYouMean } from '../../errors/suggest.js';
import type { Tags } from '../../model/graph.js';
import type { Refuse } from '../../draft/bindings.js';
import { modifierProblem } from '../../draft/modifier-problem.js';

/** The export's own name is not known to its type, so while that node exists any further name may be it. */
type UnknownNames<Nodes, T> = Self extends keyof Nodes
  ? never
  : { [K in keyof T & string]: K extends keyof Nodes ? never : `there is no node '${K}'` }[keyof T & string];

/**
 * Adds tags to single nodes of those that the export has become, by name. `tag` adds tags to all of them.
 *
 * A name that is none of them is a problem `FP_UNKNOWN_TARGET` of the build.
 *
 * @example
 * ```ts
 * import { createDriver, extractFields, node, tagOutputs } from '@flowerpower/core';
 *
 * const m = {
 *   user: node(() => ({ id: 7, email: 'a@b.c' }), extractFields('id', 'email'), tagOutputs({ email: { pii: 'yes' } })),
 * };
 * createDriver({ modules: [m] }).graph.nodes.get('email')?.tags; // { pii: 'yes' }
 * ```
 */
export function tagOutputs<const T extends Readonly<Record<string, Tags>>>(tags: T) {
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C> & Refuse<UnknownNames<Nodes, T>>,
  ): NodeDefinition<Nodes, Inputs, C> =>
    withStep(definition, {
      name: 'tagOutputs',
      apply(nodes, context) {
        const [first] = nodes;
        if (first === undefined) return nodes;
        const faults = isRecord(tags)
          ? Object.values(tags).flatMap((one) => tagFaults(first, 'tagOutputs', one))
          : tagFaults(first, 'tagOutputs', tags);
        for (const fault of faults) context.report(fault);
        if (faults.length > 0) return nodes;
        const names = nodes.map(({ name }) => name);
        for (const name of Object.keys(tags).filter((key) => !names.includes(key))) {
          const message = `there is no node '${name}' among those it makes`;
          const hint = didYouMean(name, names) ?? `It makes: ${boundedList(names)}.`;
          context.report({
            ...modifierProblem(first, 'tagOutputs', message, hint),
            code: 'FP_UNKNOWN_TARGET',
          });
        }
        return nodes.map((node) => ({ ...node, tags: { ...node.tags, ...ownTags(tags, node.name) } }));
      },
    });
}

function ownTags(tags: Readonly<Record<string, Tags>>, name: string): Tags | undefined {
  return Object.hasOwn(tags, name) ? tags[name] : undefined;
}
