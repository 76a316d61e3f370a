/**
 * From the types of modules to the types of a driver: which names exist, what they hold, what comes from outside.
 */
import type { AnyFunction, NodeDefinition, Self } from '../define/definition.js';
import type { DefinedModule } from '../modules/define-module.js';
import type { InputsOfFunction, UntypedInputs, ValueOfFunction } from './functions.js';

type Flatten<T> = { [K in keyof T]: T[K] } & {};
type Intersect<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void
  ? I
  : never;
type ExportsOf<M> = M extends DefinedModule<infer Exports> ? Exports : M;

/** `spend__uk` becomes `spend`: everything from the last `__` on is the variant. */
type WithoutVariant<Name extends string> = Name extends `${infer Head}__${infer Tail}`
  ? Tail extends `${string}__${string}`
    ? `${Head}__${WithoutVariant<Tail>}`
    : Head
  : Name;

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

/** True when nothing is known of a module's exports at compile time. */
type IsOpaque<Modules extends readonly object[]> = true extends {
  [I in keyof Modules]: object extends ExportsOf<Modules[I]> ? true : false;
}[number]
  ? true
  : false;

/** The nodes of some modules by name, with the types of their values. Variants of one name are a union. */
export type NodesOf<Modules extends readonly object[]> =
  IsOpaque<Modules> extends true
    ? Record<string, unknown>
    : Flatten<{ [E in EntriesOf<Modules> as E[0]]: E[1] }>;

/** The values that some modules take from outside; each is optional, because `config` may give it too. */
export type InputsOf<Modules extends readonly object[]> =
  IsOpaque<Modules> extends true
    ? UntypedInputs
    : [ParametersOf<Modules>] extends [never]
      ? Record<never, never>
      : Flatten<Partial<OmitNodes<Intersect<ParametersOf<Modules>>, keyof NodesOf<Modules>>>>;

/** Keeps an index signature, which `Omit` would turn into no keys at all. */
type OmitNodes<Inputs, Names> = { [K in keyof Inputs as K extends Names ? never : K]: Inputs[K] };
