import { type NodeDefinition, withStep } from '../../model/definition.js';
import type { Refuse } from '../../draft/bindings.js';
import {
  type ExtractOptions,
  extractionStep,
  type MissingParts,
  type Names,
  type Parts,
  splitOptions,
} from '../../draft/extraction.js';
import { missingPart, kindWithLength } from '../../draft/missing-part.js';
import type { Followed, TargetsOf } from '../../types/targets.js';

type ElementOf<V, Index> = unknown extends V
  ? V
  : V extends readonly unknown[]
    ? number extends V['length']
      ? V[number]
      : Index extends keyof V
        ? V[Index]
        : never
    : never;

type ElementsOf<Nodes, Targets extends keyof Nodes, Fields extends Names> = {
  [T in Targets]: {
    [Index in keyof Fields & `${number}` as Fields[Index] & string]: ElementOf<Nodes[T], Index>;
  };
};

type Unpacking<Fields extends Names, Target> = <Nodes, Inputs, C extends boolean>(
  definition: NodeDefinition<Nodes, Inputs, C> &
    Refuse<MissingParts<ElementsOf<Nodes, TargetsOf<Nodes, Target>, Fields>>>,
) => NodeDefinition<
  Followed<Nodes, TargetsOf<Nodes, Target>, Parts<ElementsOf<Nodes, TargetsOf<Nodes, Target>, Fields>>>,
  Inputs,
  C
>;

/**
 * Names the elements of the tuple or array that the node gives, in order; each becomes a node. The node
 * itself stays.
 *
 * Fewer names than elements are allowed. An element that is not there when the graph runs fails its node with
 * `FP_MISSING_PART`. Several nodes and `target`: as for {@link extractFields}.
 *
 * @example
 * ```ts
 * import { createDriver, node, unpackFields } from '@flowerpower/core';
 *
 * const m = {
 *   split: node(({ rows }: { rows: number[] }) => [rows.slice(0, 2), rows.slice(2)] as const, unpackFields('train', 'test')),
 * };
 * createDriver({ modules: [m] }).executeSync(['test'], { inputs: { rows: [1, 2, 3] } }); // { test: [3] }
 * ```
 */
export function unpackFields<const Fields extends Names>(...fields: Fields): Unpacking<Fields, never>;
export function unpackFields<const Fields extends Names, const Target extends string>(
  ...fieldsAndOptions: readonly [...Fields, Pick<ExtractOptions<never, Target>, 'target'>]
): Unpacking<Fields, Target>;
export function unpackFields(...args: readonly unknown[]): Unpacking<Names, never> {
  const { parts, options } = splitOptions(args);
  return (definition) =>
    withStep(
      definition,
      extractionStep('unpackFields', parts, options, (field, index) => (list, source) => {
        if (Array.isArray(list) && index < list.length) return list[index] as unknown;
        throw missingPart(
          `element ${index + 1}, '${field}', cannot be taken from '${source}', which gave ${kindWithLength(list)}`,
          `Let '${source}' give an array of at least ${parts.length}.`,
          field,
        );
      }),
    );
}
