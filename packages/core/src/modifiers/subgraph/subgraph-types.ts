/** In types: the names that a sub-graph makes, and what it still takes from outside. */
import type { Self } from '../../model/definition.js';
import type { CollectedKeys, WithoutMark } from '../../types/fan-out.js';
import type { InputsOf, ItemNodesOf } from '../../types/infer.js';
import type { InputsAfter, MisfitsOf } from '../../draft/bindings.js';
import type { IsUnion, TargetsOf, BaseName } from '../../types/targets.js';

/** What is given where nothing is given. */
export type NoKeys = Readonly<Record<never, never>>;
export type AnyRecord = Readonly<Record<string, unknown>>;

/** The keys that are known to the compiler; none of a record with any keys. */
export type KnownKeys<R> = string extends keyof R ? never : keyof R & string;

/** The nodes that run the export's function: itself, or each that an earlier modifier has made of it. */
type RootsOf<Nodes> = Self extends keyof Nodes ? Self : TargetsOf<Nodes, never>;

/** The namespace of the sub-graph of a root; `never` stands for none given. */
type NamespaceOf<Nodes, Root, Namespace> = [Namespace] extends [never]
  ? BaseName<Root>
  : IsUnion<RootsOf<Nodes>> extends true
    ? `${BaseName<Root>}.${Namespace & string}`
    : Namespace & string;

/** Some nodes under the namespaces of every root. */
export type InNamespaces<Nodes, Sub, Namespace> = {
  [E in {
    [Root in RootsOf<Nodes> & PropertyKey]: {
      [K in keyof Sub & string]: [name: `${NamespaceOf<Nodes, Root, Namespace>}.${K}`, value: Sub[K]];
    }[keyof Sub & string];
  }[RootsOf<Nodes> & PropertyKey] as E[0]]: E[1];
};

/** What the nodes of a sub-graph still take from outside. */
export type SubgraphInputs<Modules extends readonly object[], Given, Config> = InputsAfter<
  Without<InputsOf<Modules>, KnownKeys<Config>>,
  Given
>;

/** Keeps an index signature, which `Omit` would turn into no keys at all. */
export type Without<Record, Names> = { [K in keyof Record as K extends Names ? never : K]: Record[K] };

/** The faults of what is given to a sub-graph, as texts; `never` when there are none. */
export type SubgraphMisfits<Modules extends readonly object[], Given, Config> =
  | MisfitsOf<InputsOf<Modules>, Pick<Given, keyof Given & keyof InputsOf<Modules>>>
  | UnknownNames<keyof Given, keyof InputsOf<Modules>, 'the sub-graph takes no input'>
  | (KnownKeys<Config> extends infer Key
      ? Key extends keyof Given & string
        ? `'${Key}' is given both in inputs and in config`
        : never
      : never);

/** Names that are not known to the compiler, such as those of positional parameters, are left to the build. */
export type UnknownNames<Names, Known, Message extends string> = string extends Names
  ? never
  : Names extends string
    ? Names extends Known
      ? never
      : `${Message} '${Names}'`
    : never;

/** The nodes of the modules that a parameter of the function may name, with a type that cannot fit. */
export type WrongTypes<Inputs, Modules extends readonly object[], External> =
  ItemNodesOf<Modules> extends infer Sub
    ? {
        [K in keyof Inputs & keyof Sub & string]: K extends External | CollectedKeys<Inputs>
          ? never
          : MayFit<WithoutMark<Sub[K]>, Required<Inputs>[K]> extends true
            ? never
            : `the node '${K}' of the sub-graph has another type`;
      }[keyof Inputs & keyof Sub & string]
    : never;

/** Variants of one name are a union, of which the configuration takes one; so either way round may be meant. */
export type MayFit<Value, Taken> = [Value] extends [Taken] ? true : [Taken] extends [Value] ? true : false;
