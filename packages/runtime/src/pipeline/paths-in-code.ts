/** The files that `from` and `to` name in code, as far as they are known before anything runs. */
import type { Graph } from '@flowerpower/core';
import { revealStorage } from '@flowerpower/io';
import type { NamedPath } from '../context/named-path.js';

/** @param given - values by the names of inputs and config keys. */
export function pathsInCode(
  graph: Graph,
  given: Readonly<Record<string, unknown>>,
  runs: (node: string) => boolean = () => true,
): NamedPath[] {
  return [...graph.nodes.values()].flatMap(({ name, kind, pathParameter, bound, dependencies, place }) => {
    if (pathParameter === undefined || !runs(name)) return [];
    const source = dependencies.find(({ parameter }) => parameter === pathParameter)?.node;
    const path = Object.hasOwn(bound, pathParameter)
      ? bound[pathParameter]
      : source !== undefined && Object.hasOwn(given, source) && given[source];
    if (typeof path !== 'string') return [];
    const storageOptions = revealStorage(bound[pathParameter.replace(/\.path$/, '.storageOptions')]);
    const at = `${name} (${pathParameter})`;
    return [{ at, path, storageOptions, place, node: name, writes: kind === 'saver' }];
  });
}
