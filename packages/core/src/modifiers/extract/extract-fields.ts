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
import { listKeys, missingPart, partOf, kindWithLength } from '../../draft/missing-part.js';
import type { Followed, TargetsOf } from '../../types/targets.js';

/** The type of a field in a record, or in any member of a union of records; `never` where there is none. */
export type FieldOf<V, Name> = unknown extends V
  ? V
  : V extends object
    ? Name extends keyof V
      ? Exclude<V[Name], undefined>
      : never
    : never;

type FieldsOf<Nodes, Targets extends keyof Nodes, Fields extends Names> = {
  [T in Targets]: { [Name in Fields[number]]: FieldOf<Nodes[T], Name> };
};

type WithFill<Values, Fill> = { [T in keyof Values]: { [P in keyof Values[T]]: Values[T][P] | Fill } };

type FieldExtraction<Fields extends Names, Fill, Target> = <Nodes, Inputs, C extends boolean>(
  definition: NodeDefinition<Nodes, Inputs, C> &
    Refuse<MissingParts<FieldsOf<Nodes, TargetsOf<Nodes, Target>, Fields>>>,
) => NodeDefinition<
  Followed<
    Nodes,
    TargetsOf<Nodes, Target>,
    Parts<WithFill<FieldsOf<Nodes, TargetsOf<Nodes, Target>, Fields>, Fill>>
  >,
  Inputs,
  C
>;

/**
 * Adds a node for each named field of the record that the node gives. The node itself stays.
 *
 * Accepts field names and, last, options. A field that is absent or undefined when the graph runs fails its
 * node with `FP_MISSING_PART`, unless `fillWith` gives a value for it. Where the export has become several
 * nodes, the fields are named `node.field`; `target` takes the fields of one of them under their own names.
 * Tags are copied to the fields.
 *
 * @example
 * ```ts
 * import { createDriver, extractFields, node } from '@flowerpower/core';
 *
 * const m = {
 *   range: node(
 *     ({ values }: { values: number[] }) => ({ low: Math.min(...values), high: Math.max(...values) }),
 *     extractFields('low', 'high'),
 *   ),
 *   width: ({ low, high }: { low: number; high: number }) => high - low,
 * };
 * createDriver({ modules: [m] }).executeSync(['width'], { inputs: { values: [3, 1, 8] } }); // { width: 7 }
 * ```
 */
export function extractFields<const Fields extends Names>(
  ...fields: Fields
): FieldExtraction<Fields, never, never>;
export function extractFields<const Fields extends Names, Fill = never, const Target extends string = never>(
  ...fieldsAndOptions: readonly [...Fields, ExtractOptions<Fill, Target>]
): FieldExtraction<Fields, Fill, Target>;
export function extractFields(...args: readonly unknown[]): FieldExtraction<Names, unknown, never> {
  const { parts, options } = splitOptions(args);
  return (definition) =>
    withStep(
      definition,
      extractionStep('extractFields', parts, options, (field) => (record, source) => {
        if (typeof record !== 'object' || record === null) {
          throw missingPart(
            `the field '${field}' cannot be taken from '${source}', which gave ${kindWithLength(record)}`,
            `Let '${source}' give an object.`,
            field,
          );
        }
        const value = partOf(record, field);
        if (value !== undefined) return value;
        if (Object.hasOwn(options, 'fillWith')) return options.fillWith;
        throw missingPart(
          `'${source}' gave no field '${field}'`,
          `${listKeys(record)} Give extractFields a fillWith for fields that may be absent.`,
          field,
        );
      }),
    );
}
