/** The lines of a saver of the configuration: its edge, judged by the type that it tells. */
import type { ShadowFacts } from './shadow-facts.js';
import type { Saved } from './shadow-nodes.js';
import type { ShadowText } from './shadow-text.js';

/** A type that the saver tells wrongly is not a problem of the project: the edge is not checked then. */
export function writeSaved(
  { options, nodes, variables }: ShadowFacts,
  { write }: ShadowText,
  { node, dependency, saver }: Saved,
): void {
  const variable = variables.get(dependency.node)!;
  const isLoaded = nodes.get(dependency.node)!.how === 'loaded';
  const type = `S_${variables.get(node.name)}`;
  const gap = { kind: 'gap', node, dependency } as const;
  write(`  type ${type} = ${isLoaded ? `Loaded<T_${variable}, ${saver.type}>` : `typeof ${variable}`};`, gap);
  write(`  void knowsType<KnowsType<${type}>>();`, gap);
  write(`  saves<${saver.type}>(`, gap);
  write(`    given as Saved<${type}>,`, {
    kind: 'saved',
    node,
    dependency,
    from: options.graph.nodes.get(dependency.node)!,
    isLoaded,
    saver,
  });
  write('  );', gap);
}
