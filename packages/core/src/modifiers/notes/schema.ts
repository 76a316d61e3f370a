import { type NodeDefinition, withStep } from '../../model/definition.js';
import { isExtraction } from '../../draft/extraction.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { schemaPrefix } from '../../draft/schema-tags.js';

/**
 * Says which columns the node's table has, and of which types.
 *
 * Metadata only: each column becomes a tag, `schema.price: 'number'`, so that listings can be filtered by
 * column and pictures can show the table; nothing is checked at run time. The type is any text. Nodes that
 * were extracted from the table do not have its schema, whichever modifier is written first.
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
  return <Nodes, Inputs, C extends boolean>(
    definition: NodeDefinition<Nodes, Inputs, C>,
  ): NodeDefinition<Nodes, Inputs, C> =>
    withStep(definition, {
      name: 'schema',
      apply(nodes, context) {
        const entries = Object.entries(columns);
        for (const [column, type] of entries) {
          if (typeof type === 'string' || nodes[0] === undefined) continue;
          const message = `the type of the column '${column}' is not a text`;
          context.report(
            modifierProblem(nodes[0], 'schema', message, `Write schema({ ${column}: 'number' }).`),
          );
        }
        const tags = Object.fromEntries(entries.map(([column, type]) => [`${schemaPrefix}${column}`, type]));
        return nodes.map((node) =>
          isExtraction(node) ? node : { ...node, tags: { ...node.tags, ...tags } },
        );
      },
    });
}
