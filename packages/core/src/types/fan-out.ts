/** How the types of definitions say what is fanned out and what is collected. */

declare const itemKey: unique symbol;
declare const collectedKey: unique symbol;

/** The value of a node that is fanned out, as the nodes see it that use it: one item. */
export type FannedOut<Item> = Item & { readonly [itemKey]: Item };

/** The type of a parameter that collects. */
export type Collected<Parameter> = Parameter & { readonly [collectedKey]?: true };

export type IsFannedOut<V> = 0 extends 1 & V
  ? false
  : [V] extends [never]
    ? false
    : [V] extends [{ readonly [itemKey]: unknown }]
      ? true
      : false;

/** The item itself, without the mark. Other types are given back as they are. */
export type WithoutMark<V> =
  IsFannedOut<V> extends true ? (V extends { readonly [itemKey]: infer Item } ? Item : V) : V;

/** The parameters that collect. */
export type CollectedKeys<Inputs> = {
  [K in keyof Inputs]-?: typeof collectedKey extends keyof NonNullable<Inputs[K]> ? K : never;
}[keyof Inputs];

/** What a fan-out takes out of a value, awaited; `never` where there is nothing to take. */
export type ItemOf<V> = V extends string
  ? never
  : V extends AsyncIterable<infer Item>
    ? Awaited<Item>
    : V extends Iterable<infer Item>
      ? Awaited<Item>
      : never;
