/** How the ends of an edge are called in problems, and where they stand in the configuration. */
import { fanOutsAround, type Graph, type GraphNode, type Place } from '@flowerpower/core';
import type { LoadedInput } from './loaded-input.js';

/** Where a value of the configuration stands, by its keys. */
export type PlaceOf = (keys: readonly string[]) => Place | undefined;

export interface EdgeNames {
  /** The node as the user wrote it: the parameters of a checked `X` are those of `X_raw`, which nobody wrote. */
  readonly written: (node: GraphNode) => string;
  /** Of what `io.load` and `io.save` name. */
  readonly placeOfIo: (kind: 'load' | 'save', name: string) => Place | undefined;
  /** Of the table that a loader of the configuration gives, where they are known. */
  readonly columnsOf: (loader: string) => readonly string[] | undefined;
  /** Of a value that `params` bind to a parameter. */
  readonly placeOfBound: (node: GraphNode, parameter: string) => Place | undefined;
  /** Of a value of the inputs. */
  readonly placeOfInput: (name: string) => Place | undefined;
  /** The node whose items the two ends of an edge run once for, the innermost. */
  readonly itemsOf: (from: GraphNode) => string | undefined;
}

export function edgeNames(
  graph: Graph,
  placeOf: PlaceOf = () => undefined,
  loaders: readonly LoadedInput[] = [],
): EdgeNames {
  const written: EdgeNames['written'] = ({ name, exportName }) => {
    const base = /^(?<base>.+)_raw$/.exec(name)?.groups?.['base'];
    const checked = base === undefined ? undefined : graph.nodes.get(base);
    return checked?.derived === true && checked.exportName === exportName ? base! : name;
  };
  const around = fanOutsAround(graph);
  return {
    written,
    itemsOf: ({ name, fanOut }) => (fanOut === undefined ? around.get(name)?.at(-1) : name),
    placeOfIo: (kind, name) => placeOf(['io', kind, name]),
    columnsOf: (loader) => loaders.find(({ name }) => name === loader)?.columns,
    placeOfBound: (node, parameter) => placeOf(['params', written(node), parameter]),
    placeOfInput: (name) =>
      placeOf(['run', 'inputs', name]) ?? placeOf(['run', 'config', name]) ?? placeOf(['params', name]),
  };
}
