/**
 * From the types of modules to the types of a driver: which names exist, what they hold, what comes from outside.
 */
import type { Flatten } from './flatten.js';
import type { Intersect } from './intersect.js';
import type { WithoutVariant } from './variant-names.js';
import type { ExportsOf, IsOpaque } from './exports-of.js';
import type { AnyFunction, NodeDefinition, Self } from '../model/definition.js';
import type { InnerOf } from './targets.js';
import type { CollectedKeys, IsFannedOut, WithoutMark } from './fan-out.js';
import type { InputsOfFunction, UntypedInputs, ValueOfFunction } from '../model/functions.js';
import type { Resolved } from './references.js';

type OwnName<Key extends string, Conditional> = Conditional extends true ? WithoutVariant<Key> : Key;

/** The name of a created node; `<self>` in it stands for the export's own name, as in `<self>_raw`. */
type NodeName<Key, Own extends string> = Key extends Self
  ? Own
  : Key extends `${infer Head}<self>${infer Tail}`
    ? `${Head}${Own}${Tail}`
    : Key & string;

type EntriesOfExport<Key extends string, Value> = Key extends `_${string}` | 'default'
  ? never
  : Value extends NodeDefinition<infer Nodes, infer _Inputs, infer Conditional>
    ? {
        [P in keyof Nodes]-?: [name: NodeName<P, OwnName<Key, Conditional>>, value: Nodes[P]];
      }[keyof Nodes]
    : Value extends AnyFunction
      ? [name: Key, value: ValueOfFunction<Value>]
      : never;

type EntriesOfExports<Exports> = {
  [K in keyof Exports & string]: EntriesOfExport<K, Exports[K]>;
}[keyof Exports & string];

type EntriesOf<Modules extends readonly object[]> = {
  [I in keyof Modules]: EntriesOfExports<ExportsOf<Modules[I]>>;
}[number];

type ParametersOfExport<Key extends string, Value> = Key extends `_${string}` | 'default'
  ? never
  : Value extends NodeDefinition<infer _Nodes, infer Inputs, infer _Conditional>
    ? Inputs
    : Value extends AnyFunction
      ? InputsOfFunction<Value>
      : never;

type ParametersOf<Modules extends readonly object[]> = {
  [I in keyof Modules]: ExportsOf<Modules[I]> extends infer Exports
    ? { [K in keyof Exports & string]: ParametersOfExport<K, Exports[K]> }[keyof Exports & string]
    : never;
}[number];

/** The values of nodes as the nodes see them that use them: inside a fan-out, those for one item. */
export type ItemNodesOf<Modules extends readonly object[]> =
  IsOpaque<Modules> extends true
    ? Record<string, unknown>
    : { [E in EntriesOf<Modules> as E[0]]: Resolved<E[1], { [R in EntriesOf<Modules> as R[0]]: R[1] }> };

/**
 * The nodes of some modules by name, with the types of their values. Variants of one name are a union; nodes
 * inside a fan-out have an array with one value for each item. The edges of positional functions are invisible
 * here, so such a function counts as being inside of no fan-out.
 */
export type NodesOf<Modules extends readonly object[]> =
  IsOpaque<Modules> extends true
    ? Record<string, unknown>
    : [FannedNames<EntriesOf<Modules>>] extends [never]
      ? Flatten<ItemNodesOf<Modules>>
      : Flatten<AsLists<ItemNodesOf<Modules>, Depths<EdgesOf<Modules>>>>;

/** The values that some modules take from outside; each is optional, because `config` may give it too. */
export type InputsOf<Modules extends readonly object[]> =
  IsOpaque<Modules> extends true
    ? UntypedInputs
    : [ParametersOf<Modules>] extends [never]
      ? Record<never, never>
      : Flatten<Partial<OmitNodes<Intersect<ParametersOf<Modules>>, keyof NodesOf<Modules>>>>;

/** Keeps an index signature, which `Omit` would turn into no keys at all. */
type OmitNodes<Inputs, Names> = { [K in keyof Inputs as K extends Names ? never : K]: Inputs[K] };

type FannedNames<E> = E extends readonly [infer Name, infer Value]
  ? IsFannedOut<Value> extends true
    ? Name
    : never
  : never;

/** Of one export: the nodes it makes, those of them that fan out, and what it takes, item by item or collected. */
interface Edges {
  readonly names: unknown;
  readonly fanned: unknown;
  readonly single: unknown;
  readonly collected: unknown;
}

type EdgesOf<Modules extends readonly object[]> = {
  [I in keyof Modules]: ExportsOf<Modules[I]> extends infer Exports
    ? { [K in keyof Exports & string]: EdgesOfExport<K, Exports[K]> }[keyof Exports & string]
    : never;
}[number];

type EdgesOfExport<Key extends string, Value> =
  EntriesOfExport<Key, Value> extends infer E extends readonly [unknown, unknown]
    ? ParametersOfExport<Key, Value> extends infer Inputs
      ? {
          names: E[0];
          fanned: FannedNames<E> | (HasFollowedFan<Value> extends true ? E[0] : never);
          single: KnownKeys<Exclude<keyof Inputs, CollectedKeys<Inputs>>>;
          collected: KnownKeys<CollectedKeys<Inputs>>;
        }
      : never
    : never;

/** True when a node that fans out is followed by others of its export, such as fields of its items. */
type HasFollowedFan<Value> =
  Value extends NodeDefinition<infer Nodes, infer _Inputs, infer _Conditional>
    ? true extends { [K in InnerOf<Nodes> & keyof Nodes]: IsFannedOut<Nodes[K]> }[InnerOf<Nodes> &
        keyof Nodes]
      ? true
      : false
    : false;

type KnownKeys<Keys> = string extends Keys ? never : Keys;

/** The nodes whose values are seen inside of at least 1, 2, 3 fan-outs. Deeper ones count as 3. */
type DepthSets = readonly [unknown, unknown, unknown];

/** From one round to the next, until nothing changes. */
type Depths<E, S extends DepthSets = [never, never, never]> =
  NextDepths<E, S> extends infer Next extends DepthSets
    ? SameSets<Next, S> extends true
      ? S
      : Depths<E, Next>
    : never;

type SameSets<A extends DepthSets, B extends DepthSets> = [A[0]] extends [B[0]]
  ? [A[1]] extends [B[1]]
    ? [A[2]] extends [B[2]]
      ? true
      : false
    : false
  : false;

type NextDepths<E, S extends DepthSets> = [
  E extends Edges ? E['fanned'] | Inside<E, S[0], S[1]> : never,
  E extends Edges ? Fans<E, S[0], S[1]> | Inside<E, S[1], S[2]> : never,
  E extends Edges ? Fans<E, S[1], S[2]> | Inside<E, S[2], never> : never,
];

/** The nodes of an export that uses single values of one set, or collects those of the next. */
type Inside<E extends Edges, Single, Collected> = [E['single'] & Single] extends [never]
  ? [E['collected'] & Collected] extends [never]
    ? never
    : E['names']
  : E['names'];

/** Those of them that fan out further. */
type Fans<E extends Edges, Single, Collected> = Inside<E, Single, Collected> & E['fanned'];

type AsLists<Nodes, S extends DepthSets> = {
  [K in keyof Nodes]: K extends S[2]
    ? WithoutMark<Nodes[K]>[][][]
    : K extends S[1]
      ? WithoutMark<Nodes[K]>[][]
      : K extends S[0]
        ? WithoutMark<Nodes[K]>[]
        : Nodes[K];
};
