import { hasSharedValues, type ShadowFacts } from './shadow-facts.js';
import type { ShadowText } from './shadow-text.js';
import {
  clashTypes,
  contextTypes,
  givenValue,
  itemType,
  loadedTypes,
  madeTypes,
  savedTypes,
  schemaTypes,
  wantedTypes,
} from './shadow-types.js';

/** Imports, and the types that the lines use. */
export function writeHeader(facts: ShadowFacts, { write, writeLines }: ShadowText): void {
  const { options, written, loaded } = facts;
  const calls = written.filter((node) => node.how === 'called');
  write(
    '// Written by `flowerpower check`, which replaces it at every run. A line of a call is an edge of the graph.',
  );
  const used = new Set([
    ...written.map(({ node }) => options.exports.get(node.name)?.module),
    ...loaded.map(({ module }) => module),
  ]);
  for (const module of options.modules.values()) {
    if (!used.has(module)) continue;
    write(`import * as ${module.alias} from ${JSON.stringify(module.specifier)};`, {
      kind: 'module',
      module,
    });
  }
  const core = options.coreModule;
  if (calls.some(({ mayTakeContext }) => mayTakeContext)) {
    write(core === undefined ? 'type NodeContext = never;' : `import type { NodeContext } from '${core}';`);
    writeLines(contextTypes);
  }
  if (calls.length < written.length) {
    write(`import type { NodeDefinition, NodesOf } from '${core}';`);
    writeLines(madeTypes);
  }
  if (written.some(({ node }) => node.fanOut !== undefined)) writeLines(itemType);
  const hasSchemas = loaded.some(({ schema }) => schema !== undefined);
  if (loaded.length > 0 || hasSharedValues(facts)) writeLines(wantedTypes);
  if (hasSchemas || hasSharedValues(facts)) writeLines(clashTypes);
  if (hasSchemas) writeLines(schemaTypes);
  if (facts.saved.length > 0) writeLines(savedTypes);
  if (loaded.length > 0) writeLines(loadedTypes);
  write(givenValue);
}
