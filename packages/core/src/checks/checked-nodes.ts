/** In types: which nodes `checkOutput` makes, and which checks do not understand the node. */
import type { IsFannedOut } from '../types/fan-out.js';
import type { TargetsOf, BaseName } from '../types/targets.js';
import type { Check } from './check.js';
import type { ValidationResult } from '../model/validation-result.js';

export type AnyCheck = Check<never>;
export type Checks = readonly [AnyCheck, ...AnyCheck[]];

/** Where a node's type is wider than what the check takes, such as `unknown`, the check itself decides. */
type IsTaken<T, Value> = [T] extends [Value] ? true : [Value] extends [T] ? true : false;

type MisfitsOfNode<T, List> = {
  [I in keyof List]: List[I] extends Check<infer Value, infer Name>
    ? IsTaken<T, Value> extends true
      ? never
      : `${Name} does not take a value of this type`
    : never;
}[keyof List & `${number}`];

/** Names the checks that do not take the type of a node they look at; `never` when there are none. */
export type Misfits<Nodes, List, Target> = {
  [K in TargetsOf<Nodes, Target>]: IsFannedOut<Nodes[K]> extends true
    ? 'the node is taken item by item: write checkOutput before parallelizable'
    : MisfitsOfNode<Nodes[K], List>;
}[TargetsOf<Nodes, Target>];

type FreeName<Taken, Name extends string, Count extends readonly 0[] = [0, 0]> = Name extends Taken
  ? `${Name}_${Count['length']}` extends Taken
    ? FreeName<Taken, Name, [...Count, 0]>
    : `${Name}_${Count['length']}`
  : Name;

/** The names of the nodes of some checks of one node. */
type CheckNames<Taken, Base extends string, List, Made extends string = never> = List extends readonly [
  Check<never, infer Name>,
  ...infer Rest,
]
  ? CheckNames<Taken, Base, Rest, Made | FreeName<Taken | Made, `${Base}_${Name}`>>
  : Made;

type CheckNamesOfAll<Taken, List, Keys> = Keys extends unknown
  ? CheckNames<Taken, BaseName<Keys>, List>
  : never;

type Flatten<T> = { readonly [K in keyof T]: T[K] };

/** The nodes of a definition after `checkOutput`: those there were, `X_raw`, and one for each check. */
export type CheckedNodes<Nodes, List, Target> = Flatten<
  Nodes & {
    readonly [K in TargetsOf<Nodes, Target> as `${BaseName<K>}_raw`]: Nodes[K];
  } & Readonly<Record<CheckNamesOfAll<keyof Nodes, List, TargetsOf<Nodes, Target>>, ValidationResult>>
>;
