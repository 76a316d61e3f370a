/**
 * In types: which of the nodes made so far a modifier takes as the outcome of its export. See `outcomes`.
 */
import type { Flatten } from './flatten.js';
import type { Self } from '../model/definition.js';
import type { ValidationResult } from '../model/validation-result.js';

declare const innerKey: unique symbol;

/** A key in the type of a definition's nodes; it names the inner ones and is not a node itself. */
export type InnerKey = typeof innerKey;

/** The names of the inner ones. */
export type InnerOf<Nodes> = Nodes extends { readonly [K in InnerKey]: infer Names } ? Names : never;

/** Stands for the export's own name inside a longer one, as in `<self>_raw`. */
export type OwnName = '<self>';

/** The key of a node as a part of longer names. */
export type BaseName<Key> = Key extends Self ? OwnName : Key & string;

/** What a node passes on its way, such as `X_raw` and the results of its checks. */
type PassedOf<Nodes> = {
  [K in keyof Nodes]: K extends `${string}${OwnName}${string}`
    ? K
    : K extends string
      ? Nodes[K] extends ValidationResult
        ? K
        : K extends `${infer Head}_raw`
          ? Head extends keyof Nodes
            ? K
            : never
          : never
      : never;
}[keyof Nodes];

/** The names of the nodes, without the mark. */
export type NamesOf<Nodes> = Exclude<keyof Nodes, InnerKey>;

export type IsUnion<T, All = T> = [T] extends [never]
  ? false
  : T extends unknown
    ? [All] extends [T]
      ? false
      : true
    : never;

/** The nodes that `target` names; without one (`never`), all that are not inner. The own name is `Self`. */
export type TargetsOf<Nodes, Target> = [Target] extends [never]
  ? Exclude<NamesOf<Nodes>, InnerOf<Nodes> | PassedOf<Nodes>>
  : Target extends keyof Nodes
    ? Target
    : Self & keyof Nodes;

/** The nodes with some more that follow `Targets`. */
export type Followed<Nodes, Targets, More> = Flatten<
  { [K in NamesOf<Nodes>]: Nodes[K] } & More & { readonly [K in InnerKey]: InnerOf<Nodes> | Targets }
>;
