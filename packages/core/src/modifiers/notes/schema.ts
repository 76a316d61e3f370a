import { type NodeDefinition, withStep } from '../../model/definition.js';
import { isExtraction } from '../../draft/extraction.js';
import { aText } from '../../errors/option-rules.js';
import { checkedStep, entryProblems } from '../../draft/checked-step.js';
import { schemaPrefix } from '../../draft/schema-tags.js';

/**
 * Says which columns the node's table has, and of which types.
 *
 * Metadata only: each column becomes a tag, `schema.price: 'number'`, so that listings can be filtered by
 * column and pictures can show the table; nothing is checked at run time. The type is any text; what is none is a
 * problem `FP_BAD_MODIFIER` of the build. Nodes that were extracted from the table do not have its schema, whichever
 * modifier is written first.
 *
 * @example
 * ```ts
 * import { createDriver, node, schema } from '@flowerpower/core';
 *
 * const m = { sales: node(() => [{ day: 1, price: 2.5 }], schema({ day: 'integer', price: 'number' })) };
 * createDriver({ modules: [m] }).graph.nodes.get('sales')?.tags;
 * // { 'schema.day': 'integer', 'schema.price': 'number' }
 * ```
 */
export function schema(columns: Readonly<Record<string, string>>) {
  const step = checkedStep(
    () => entryProblems('The columns', { ...aText, hint: "Write schema({ day: 'integer' })." }, columns),
    {
      name: 'schema',
      apply(nodes) {
        const entries = Object.entries(columns);
        const tags = Object.fromEntries(entries.map(([column, type]) => [`${schemaPrefix}${column}`, type]));
        return nodes.map((node) =>
          isExtraction(node) ? node : { ...node, tags: { ...node.tags, ...tags } },
        );
      },
    },
  );
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, C> => withStep(definition, step);
}
