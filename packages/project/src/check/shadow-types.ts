/** Types that the shadow program declares for itself. Each part is written only where it is used. */

/** Stands for a value that is not known: it fits everywhere. */
export const givenValue = 'declare const given: never;';

/** The context argument of a function that requires one more parameter than it has inputs; otherwise nothing. */
export const contextTypes = `
type Context<F extends (...args: never[]) => unknown, Inputs extends readonly unknown[]> =
  Parameters<F> extends readonly [...Inputs, unknown, ...unknown[]] ? [NodeContext] : [];`;

/**
 * What an export is after its modifiers, read from the type of its definition: `N`, the nodes with their values, and
 * `I`, what they take from elsewhere by the name of the node. `D` holds nothing but the export, `M` the exports of its
 * module: among them may be a mutation, an export that makes nodes (`R`) of others and none of its own name. A node
 * of another one's name is always a mutation's, for names are unique.
 *
 * A value is known when its own name and those of the nodes that it is made from (`Names`) are, and its type is not
 * `unknown` or `any`. What a generic or overloaded function gives or takes is not known, for it depends on the call;
 * nor are the inputs of a positional function, which have one type together: `unknown`.
 */
export const madeTypes = `
type Erased<F> = F extends (...args: infer A) => infer R ? (...args: A) => R : F;
type IsGeneric<F> =
  F extends NodeDefinition<infer Nodes, infer Inputs, infer C>
  ? Erased<F> & NodeDefinition<Nodes, Inputs, C & boolean> extends F ? false : true
  : Erased<F> extends F ? false : true;
type NodesMade<D extends object> =
  IsGeneric<D[keyof D]> extends true ? {}
  : D[keyof D] extends NodeDefinition<infer _Nodes, infer _Inputs, infer _C> ? NodesOf<[D]> : {};
type NodesMutated<D, M extends object> = IsGeneric<D[keyof D]> extends true ? {} : NodesOf<[M]>;
type InputsTaken<D> =
  IsGeneric<D[keyof D]> extends true ? {}
  : D[keyof D] extends NodeDefinition<infer _Nodes, infer Inputs, infer _C> ? Inputs
  : D[keyof D] extends (inputs: infer Inputs, ...rest: never[]) => unknown ? Inputs : {};
type IsMutation<V> =
  V extends NodeDefinition<infer Nodes, infer _Inputs, infer _C>
  ? Extract<keyof Nodes, symbol> extends never ? true : false : false;
type Mutations<M, Own> = { [K in keyof M as K extends Own ? never : IsMutation<M[K]> extends true ? K : never]: M[K] };
type All<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : {};
type InputsIfMutating<V, Name extends string> =
  V extends NodeDefinition<infer Nodes, infer Inputs, infer _C> ? Name extends keyof Nodes ? Inputs : never : never;
type InputsOfMutations<M, Name extends string> = All<{ [K in keyof M]: InputsIfMutating<M[K], Name> }[keyof M]>;
type IsKnown<T, K> = K extends keyof T ? unknown extends T[K] ? false : true : false;
type KnowsNode<N, R, K extends string, Names extends string> =
  Names extends keyof N | keyof R ? IsKnown<R, K> extends true ? true : IsKnown<N, K> : false;
type HasInput<I, K extends string> = K extends keyof I ? string extends keyof I ? IsKnown<I, K> : true : false;
type KnowsInput<I, M, Name extends string, K extends string> =
  HasInput<I, K> extends true ? true : HasInput<InputsOfMutations<M, Name>, K>;
type Given<N, R, K extends string, Names extends string> =
  [KnowsNode<N, R, K, Names>] extends [true] ? IsKnown<R, K> extends true ? R[K & keyof R] : N[K & keyof N] : any;
type Taken<I, M, Name extends string, K extends string> =
  HasInput<I, K> extends true ? Pick<I, K & keyof I>
  : InputsOfMutations<M, Name> extends infer J ? HasInput<J, K> extends true ? Pick<J, K & keyof J> : any : any;
declare function knows<T extends true>(): T;
declare function takes<T>(inputs: T): void;`;

/** One item of what a fanned out node returns. */
export const itemType = `
type ItemOf<R> = R extends AsyncIterable<infer T> ? Awaited<T> : R extends Iterable<infer T> ? Awaited<T> : unknown;`;

/**
 * What a function wants of its parameters. Of an overloaded function every overload counts (of more than four, the
 * last four), of a generic one the constraint.
 */
export const wantedTypes = `
type Arguments<F> =
  F extends { (...a: infer A): unknown; (...a: infer B): unknown; (...a: infer C): unknown; (...a: infer D): unknown } ? A | B | C | D
  : F extends { (...a: infer A): unknown; (...a: infer B): unknown; (...a: infer C): unknown } ? A | B | C
  : F extends { (...a: infer A): unknown; (...a: infer B): unknown } ? A | B
  : F extends (...a: infer A) => unknown ? A : unknown;
type At<A, I extends number> = A extends readonly unknown[] ? Exclude<A[I], undefined> : unknown;
type In<O, K extends string> = O extends { readonly [P in K]?: infer V } ? Exclude<V, undefined> : unknown;
type WantedAt<F, I extends number> = At<Arguments<F>, I>;
type WantedIn<F, K extends string> = In<At<Arguments<F>, 0>, K>;`;

/**
 * What a loader gives, as it looks to who takes it. `OpenRecord` is a record whose keys are known only once it is read:
 * it has every key that is asked for, with the type that the loader tells. What is not known fits everywhere; `Tells` is
 * false where that is so for a key that is asked for.
 */
export const loadedTypes = `
declare const open: unique symbol;
type OpenRecord<Known = {}, Other = unknown> = { readonly [open]: { readonly known: Known; readonly other: Other } };
type SchemaSide<S, Side extends "input" | "output"> =
  S extends { readonly "~standard": { readonly types?: infer T } }
  ? NonNullable<T> extends { readonly [K in Side]: infer O } ? O : unknown : unknown;
type ItemsWanted<P> = P extends string ? never : P extends Iterable<infer W> ? W : never;
type BatchesWanted<P> = P extends AsyncIterable<infer W> ? W : never;
type Cell<V> = unknown extends V ? any : V;
type CellAt<Known, Other, K> = K extends keyof Known ? Known[K] : string extends K ? Known[keyof Known] | Other : Other;
type RowFor<Known, Other, P> =
  unknown extends P ? any
  : [Extract<P, object>] extends [never] ? { [column: string]: Known[keyof Known] | Other }
  : P extends object
    ? { [K in keyof P as K extends keyof Known ? K : [Other] extends [never] ? never : K]: Cell<CellAt<Known, Other, K>> }
    : never;
type Loaded<T, P> =
  unknown extends T ? any
  : T extends OpenRecord<infer Known, infer Other> ? RowFor<Known, Other, P>
  : T extends readonly (infer Item)[]
    ? unknown extends Item ? T
    : Item extends OpenRecord<infer Known, infer Other>
      ? RowFor<Known, Other, [ItemsWanted<P>] extends [never] ? unknown : ItemsWanted<P>>[] : T
  : T extends AsyncIterable<readonly (infer Item)[]>
    ? unknown extends Item ? T
    : Item extends OpenRecord<infer Known, infer Other>
      ? AsyncIterable<RowFor<Known, Other, [ItemsWanted<BatchesWanted<P>>] extends [never] ? unknown : ItemsWanted<BatchesWanted<P>>>[]> : T
  : T;
type TellsCell<V, P> = unknown extends P ? true : unknown extends V ? false : true;
type TellsRow<Known, Other, P> =
  [P] extends [never] ? true
  : unknown extends P ? true
  : false extends { [K in keyof P]-?: TellsCell<CellAt<Known, Other, K>, P[K]> }[keyof P] ? false : true;
type TellsItems<Item, P> =
  unknown extends Item ? true
  : Item extends OpenRecord<infer Known, infer Other> ? TellsRow<Known, Other, P> : true;
type Tells<T, P> =
  unknown extends T ? true
  : T extends OpenRecord<infer Known, infer Other> ? TellsRow<Known, Other, P>
  : T extends readonly (infer Item)[] ? TellsItems<Item, ItemsWanted<P>>
  : T extends AsyncIterable<readonly (infer Item)[]> ? TellsItems<Item, ItemsWanted<BatchesWanted<P>>>
  : true;
declare function tells<T extends true>(): T;`;

/** Two types clash when no value can be of both, as far as four levels tell; in doubt they do not. */
export const clashTypes = `
type Single = string | number | bigint | boolean | symbol | null | undefined;
type Callable = (...args: never[]) => unknown;
type NoNull<A, B> = null extends B ? A : [A] extends [null] ? A : Exclude<A, null>;
type Clash<A, B, Depth extends readonly unknown[] = []> =
  Depth["length"] extends 4 ? false
  : unknown extends A ? false
  : unknown extends B ? false
  : [A] extends [B] ? false
  : [B] extends [A] ? false
  : [A & B] extends [never] ? true
  : [A] extends [Single] ? [B] extends [object] ? true : false
  : [B] extends [Single] ? [A] extends [object] ? true : false
  : [A] extends [Callable] ? false
  : [B] extends [Callable] ? false
  : [A] extends [readonly (infer X)[]] ? [B] extends [readonly (infer Y)[]] ? Clash<X, Y, [...Depth, 0]> : false
  : true extends { [K in keyof A & keyof B]: Clash<NoNull<A[K], B[K]>, B[K], [...Depth, 0]> }[keyof A & keyof B] ? true : false;`;

/** What several functions want of one value from outside. `unknown` and `any` want nothing. */
export const sharedTypes = `
type Both<A, B> =
  unknown extends A ? B
  : unknown extends B ? A
  : [A] extends [B] ? A
  : [B] extends [A] ? B
  : Clash<A, B> extends true ? A : A & B;
declare function wants<T>(value: T): void;`;

/**
 * What a loader gives as its schema sees it: a schema is there to refuse, so only what no value can be of both counts,
 * and the rest stands as the schema wants it.
 */
export const schemaTypes = `
type Clashing<A, B, Depth extends readonly unknown[] = []> =
  Clash<A, B> extends false ? B
  : Depth["length"] extends 4 ? A
  : [A] extends [readonly (infer X)[]] ? [B] extends [readonly (infer Y)[]] ? Clashing<X, Y, [...Depth, 0]>[] : A
  : [A] extends [Single | Date] ? A
  : [B] extends [Single | Date] ? A
  : { [K in keyof B]: K extends keyof A ? Clashing<NoNull<A[K], B[K]>, B[K], [...Depth, 0]> : B[K] };
declare function validates<T>(value: T): void;`;

/** What a node gives, as it looks to the saver: what is not known fits everywhere. */
export const savedTypes = `
type Saved<V> =
  unknown extends V ? any
  : V extends Iterable<infer Item> | AsyncIterable<infer Item> ? unknown extends Item ? any : V : V;
type KnowsType<V> = 0 extends 1 & V ? true : unknown extends V ? false : true;
declare function knowsType<T extends true>(): T;
declare function saves<T>(value: T): void;`;
