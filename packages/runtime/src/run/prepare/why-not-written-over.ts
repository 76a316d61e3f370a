/**
 * An update in place: a saver writes the file that was loaded. It is safe when the saver depends on every node that
 * reads what was loaded, so that all of them have ended; a stream is read by one node only, and replaced at its end.
 */
import { boundedList } from '@flowerpower/core';
import type { ReasonAgainst } from '../../context/named-path.js';
import type { BuiltPipeline } from '../../pipeline/build-pipeline.js';

export function whyNotWrittenOver(
  { graph, valueNodes }: Pick<BuiltPipeline, 'graph' | 'valueNodes'>,
  runs: ReadonlySet<string>,
): ReasonAgainst {
  const dependenciesOf = (name: string) =>
    (graph.nodes.get(name)?.dependencies ?? []).map(({ node }) => node);
  return (saver, loader) => {
    const [writer, opener] = [saver.node, loader.node];
    if (writer === undefined || opener === undefined) return undefined;
    const before = new Set([writer]);
    for (const name of before) for (const node of dependenciesOf(name)) before.add(node);
    // The file is opened by one node, and its value handed on by another.
    const given = new Set([opener, valueNodes.get(opener)]);
    const readers = [...runs].filter(
      (name) => !given.has(name) && dependenciesOf(name).some((node) => given.has(node)),
    );
    const late = readers.filter((name) => !before.has(name));
    if (late.length > 0) return `but does not wait for what reads it (${boundedList(late)})`;
    const isUsed = [...given].some((name) => name !== undefined && before.has(name));
    return isUsed ? undefined : 'but does not depend on it';
  };
}
