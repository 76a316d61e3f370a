/** What the shadow program knows of a value that a loader of the configuration gives. */
import type { GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';
import type { LoadedInput } from './loaded-input.js';
import type { LoadedValue, ShadowNode } from './shadow-nodes.js';

export function loadedValue(
  node: GraphNode,
  { name, type = 'unknown', schema, taken }: LoadedInput,
  modules: ReadonlyMap<string, CheckedModule>,
): LoadedValue | Extract<ShadowNode, { readonly how: 'opaque' }> {
  if (taken !== undefined) {
    const giver = modules.get(taken.module);
    if (giver === undefined)
      return {
        how: 'opaque',
        reason: `'${name}' is taken from a pipeline that has no TypeScript module`,
        isIo: true,
      };
    const fn = `(typeof ${giver.alias})[${JSON.stringify(taken.exportName)}]`;
    return { how: 'loaded', node, type: `Awaited<ReturnType<${fn}>>`, module: giver };
  }
  const reported = type.replace(/\s+/g, ' ').trim();
  if (schema === undefined) {
    if (reported !== 'unknown') return { how: 'loaded', node, type: reported, module: undefined };
    const reason = `only the data tells what '${name}' is; a schema under io.load.${name} would tell it before`;
    return { how: 'opaque', reason, isIo: true };
  }
  const module = modules.get(schema.module);
  if (module === undefined)
    return { how: 'opaque', reason: `the schema of '${name}' is in no TypeScript module`, isIo: true };
  const exported = `(typeof ${module.alias})[${JSON.stringify(schema.exportName)}]`;
  const output = `SchemaSide<${exported}, "output">`;
  // Of batches the schema checks each one.
  const batch = /^AsyncIterable<(.*)>$/.exec(reported)?.[1];
  const given = batch ?? reported;
  return {
    how: 'loaded',
    node,
    type: batch === undefined ? output : `AsyncIterable<${output}>`,
    module,
    schema:
      given === 'unknown'
        ? undefined
        : { name: schema.exportName, given, wanted: `SchemaSide<${exported}, "input">` },
  };
}
