/** Whether the edges of modules fit, told by the compiler alone: nothing to run, nothing to generate. */
import type { Flatten } from './flatten.js';
import type { ExportsOf, IsOpaque } from './exports-of.js';
import type { AnyFunction, NodeDefinition } from '../model/definition.js';
import type { CollectedKeys, ItemOf, WithoutMark } from './fan-out.js';
import type { InputsOfFunction } from '../model/functions.js';
import type { ItemNodesOf } from './infer.js';

/** Options of {@link CheckGraph}. */
export interface CheckGraphOptions {
  /** The types of the values that come from outside. With it an edge that neither a node nor an input gives is wrong. */
  readonly inputs?: object;
}

/**
 * `true` when every edge of some modules fits; otherwise a record of the edges that do not, as `source -> consumer`.
 *
 * Takes the type of a module, or of several that are used together, `[typeof prices, typeof report]`. An edge fits
 * when what the node gives, awaited where it is a promise, is assignable to the parameter that takes it, also
 * through modifiers: by the names and types that they make. Inside a fan-out items are compared. Variants of one name must all fit. Values from outside
 * are looked at when `inputs` gives their types. An optional parameter needs no source.
 *
 * Not seen: positional functions, whose parameter names no type holds, except where `node({ inputs }, fn)` names
 * them. A generic function counts as giving what it gives for the widest types. `flowerpower check` judges both.
 *
 * @example
 * ```ts
 * import type { CheckGraph } from '@flowerpower/core';
 *
 * const m = {
 *   spend: () => '10',
 *   spendMean: ({ spend }: { spend: number[] }) => spend.length,
 * };
 * // Type 'boolean' is not assignable to type '{ "spend -> spendMean": { gives: string; wants: number[]; }; }'.
 * // @ts-expect-error
 * export const checked: CheckGraph<typeof m> = true;
 * ```
 */
export type CheckGraph<
  Modules extends object,
  Options extends CheckGraphOptions = Record<never, never>,
> = Modules extends readonly object[]
  ? Verdict<WrongEdges<Modules, Options>>
  : Verdict<WrongEdges<readonly [Modules], Options>>;

/** Worked out once; otherwise the compiler looks through all nodes again for each edge. */

type Edge = readonly [name: string, fault: unknown];

/** @typeParam Wrong - the edges that do not fit. */
type Verdict<Wrong extends Edge> = [Wrong] extends [never] ? true : { [E in Wrong as E[0]]: E[1] };

type WrongEdges<Modules extends readonly object[], Options> =
  IsOpaque<Modules> extends true
    ? readonly ['modules', 'nothing is known of the exports of one of them']
    : WrongEdgesOfModules<Modules, Flatten<ItemNodesOf<Modules>>, Options>;

type WrongEdgesOfModules<Modules extends readonly object[], Nodes, Options> = {
  [I in keyof Modules]: WrongEdgesOfModule<ExportsOf<Modules[I]>, Nodes, Options>;
}[number];

type WrongEdgesOfModule<Exports, Nodes, Options> = {
  [K in keyof Exports & string]: WrongEdgesOfExport<K, ParametersOfExport<K, Exports[K]>, Nodes, Options>;
}[keyof Exports & string];

type ParametersOfExport<Key extends string, Value> = Key extends `_${string}` | 'default'
  ? Record<never, never>
  : Value extends NodeDefinition<infer _Nodes, infer Inputs, infer _Conditional>
    ? Inputs
    : Value extends AnyFunction
      ? InputsOfFunction<Value>
      : Record<never, never>;

/** Where every name may be a parameter, none is known. */
type WrongEdgesOfExport<Key extends string, Inputs, Nodes, Options> = string extends keyof Inputs
  ? never
  : {
      [P in keyof Inputs & string]-?: P extends keyof Nodes
        ? WrongEdge<`${P} -> ${Key}`, P, Nodes, Inputs>
        : Options extends { readonly inputs: infer Given }
          ? P extends keyof Given
            ? WrongEdge<`${P} -> ${Key}`, P, Given, Inputs>
            : Record<never, never> extends Pick<Inputs, P>
              ? never
              : readonly [name: `${P} -> ${Key}`, fault: 'neither a node nor an input gives it']
          : never;
    }[keyof Inputs & string];

type WrongEdge<Name extends string, P extends keyof Given & keyof Wanted, Given, Wanted> =
  P extends CollectedKeys<Wanted>
    ? WrongItems<Name, WithoutMark<Given[P]>, ItemOf<Wanted[P]>>
    : WrongValue<Name, P, Given, Wanted>;

/** Compares records of one key, so that the settings of the project decide what an optional parameter takes. */
type WrongValue<Name extends string, P extends keyof Given & keyof Wanted, Given, Wanted> =
  Pick<Given, P> extends Pick<Wanted, P>
    ? never
    : readonly [name: Name, fault: { gives: WithoutMark<Given[P]>; wants: Wanted[P] }];

/** A parameter that collects takes the items, or how each of them has ended. One of any type takes everything. */
type WrongItems<Name extends string, Item, Wanted> = [Wanted] extends [never]
  ? never
  : [Item] extends [Wanted]
    ? never
    : [PromiseSettledResult<Item>] extends [Wanted]
      ? never
      : readonly [name: Name, fault: { gives: Item[]; wants: Wanted[] }];
