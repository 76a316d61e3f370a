import { type ReadContext, report } from '../read/context.js';
import type { Layer, Source } from '../source/origin.js';
import { type ConfigText, createSourceFile } from '../source/source-file.js';
import { asMap, isNull, type MapNode } from '../tree/node.js';
import { parseYaml } from '../yaml/parse.js';

/** The top-level map of a YAML text, not yet read against a schema. An empty text is an empty map. */
export function parseFile(given: ConfigText, layer: Layer, context: ReadContext): MapNode | undefined {
  const file = createSourceFile(given);
  const source: Source = { kind: 'file', layer, file };
  // The library is loaded before the layers are read whenever there is a text.
  const { node, problems } = parseYaml(context.yaml!, file.text, source);
  context.problems.push(...problems);
  if (isNull(node)) return { kind: 'map', entries: new Map(), origin: { source } };
  const map = asMap(node);
  if (map === undefined) {
    report(context, node.origin, {
      code: 'FP_CONFIG_TYPE',
      message: `the top level of the file must be a map of keys, got a ${node.kind}.`,
    });
  }
  return map;
}
