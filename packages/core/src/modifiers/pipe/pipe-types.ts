/** In types: what steps make of the value that goes through them, and which nodes they become. */
import type { Flatten } from '../../types/flatten.js';
import type { Intersect } from '../../types/intersect.js';
import type { Self } from '../../model/definition.js';
import type { Collected, CollectedKeys, FannedOut, IsFannedOut, WithoutMark } from '../../types/fan-out.js';
import type { StepTypes, TypesOf } from './step.js';
import type { InnerKey, IsUnion, NamesOf, TargetsOf, BaseName } from '../../types/targets.js';

/** What a step is for: what it says itself, or else what the modifier says. */
type OnOf<S, Default> = [TypesOf<S>['on']] extends [never] ? Default : TypesOf<S>['on'];

/** True for a value that the step takes; where nothing is known of the value, the step itself decides. */
type Fits<T, Wanted> = unknown extends T ? true : [T] extends [Wanted] ? true : false;

type Misfit = 'a step does not take a value of this type, or gives another than is taken after it';

/** Steps after a fan-out run for each item, as the nodes do that use them. */
type SameItems<Source, T> = IsFannedOut<Source> extends true ? FannedOut<T> : T;

/** The type after the steps. A step that may be left out leaves the value as it is. */
type After<Chain, T> = Chain extends readonly [infer S, ...infer Rest]
  ? After<Rest, TypesOf<S>['value'] | (TypesOf<S>['sometimes'] extends true ? T : never)>
  : T;

type MisfitsOfChain<Chain, T> = Chain extends readonly [infer S, ...infer Rest]
  ? Fits<T, TypesOf<S>['piped']> extends true
    ? MisfitsOfChain<Rest, TypesOf<S>['value'] | (TypesOf<S>['sometimes'] extends true ? T : never)>
    : Misfit
  : never;

/** The type that must come in so that `T` comes out. */
type Before<Chain, T> = Chain extends readonly [...infer Rest, infer S]
  ? Before<Rest, TypesOf<S>['piped'] & (TypesOf<S>['sometimes'] extends true ? T : unknown)>
  : T;

type MisfitsBefore<Chain, T> = Chain extends readonly [...infer Rest, infer S]
  ? Fits<TypesOf<S>['value'], T> extends true
    ? MisfitsBefore<Rest, TypesOf<S>['piped'] & (TypesOf<S>['sometimes'] extends true ? T : unknown)>
    : Misfit
  : never;

/** The name of a node: after the node it belongs to, its own namespace, or neither; several differ by their base. */
type StepName<T extends StepTypes, Base extends string, Several, Middle extends string = ''> = [
  T['space'],
] extends [undefined]
  ? `${Base}.${Middle}${T['name']}`
  : `${Several extends true ? `${Base}.` : ''}${T['space'] extends string ? `${T['space']}.` : ''}${Middle}${T['name']}`;

/** The nodes of the steps that were given a name. */
type NodesOfChain<
  Chain,
  Base extends string,
  Several,
  Middle extends string = '',
  Source = unknown,
> = Chain extends readonly [infer S, ...infer Rest]
  ?
      | ([TypesOf<S>['name']] extends [never]
          ? never
          : [
              name: StepName<TypesOf<S>, Base, Several, Middle>,
              value: SameItems<Source, TypesOf<S>['value']>,
            ])
      | NodesOfChain<Rest, Base, Several, Middle, Source>
  : never;

type Entry = readonly [name: string, value: unknown];
type FromEntries<E extends Entry> = { readonly [P in E as P[0]]: P[1] };

export type SourcesOfSteps<Steps> = Intersect<
  { [I in keyof Steps]: TypesOf<Steps[I]>['sources'] }[keyof Steps & `${number}`]
>;

/** The nodes with those of the steps, which others follow. */
type WithInner<Nodes, Made> = Flatten<
  Nodes & Made & { readonly [K in InnerKey]: Nodes[InnerKey & keyof Nodes] | keyof Made }
>;

/* pipeOutput */

type OutputChain<Nodes, Steps, Target, Key> = Steps extends readonly [infer S, ...infer Rest]
  ? Key extends TargetsOf<Nodes, OnOf<S, Target>>
    ? [S, ...OutputChain<Nodes, Rest, Target, Key>]
    : OutputChain<Nodes, Rest, Target, Key>
  : [];

type OutputTargets<Nodes, Steps, Target> = {
  [I in keyof Steps]: TargetsOf<Nodes, OnOf<Steps[I], Target>>;
}[keyof Steps & `${number}`];

export type OutputMisfits<Nodes, Steps, Target> = {
  [K in OutputTargets<Nodes, Steps, Target>]: MisfitsOfChain<
    OutputChain<Nodes, Steps, Target, K>,
    WithoutMark<Nodes[K]>
  >;
}[OutputTargets<Nodes, Steps, Target>];

type OutputEntries<Nodes, Steps, Target, Targets extends keyof Nodes> = {
  [K in Targets]:
    | (`${BaseName<K>}.raw` extends keyof Nodes ? never : [name: `${BaseName<K>}.raw`, value: Nodes[K]])
    | NodesOfChain<OutputChain<Nodes, Steps, Target, K>, BaseName<K>, IsUnion<Targets>, '', Nodes[K]>;
}[Targets];

/** The nodes after `pipeOutput`: `X.raw`, a node for each step, and `X`. */
export type PipedOutput<Nodes, Steps, Target> = WithInner<
  {
    [K in keyof Nodes]: K extends OutputTargets<Nodes, Steps, Target>
      ? SameItems<Nodes[K], After<OutputChain<Nodes, Steps, Target, K>, WithoutMark<Nodes[K]>>>
      : Nodes[K];
  },
  FromEntries<OutputEntries<Nodes, Steps, Target, OutputTargets<Nodes, Steps, Target>>>
>;

/* pipeInput */

/** The compiler knows the names of parameters but not their order. */
type OnlyParameter<Inputs> = string extends keyof Inputs
  ? string
  : IsUnion<keyof Inputs> extends true
    ? never
    : keyof Inputs & string;
type DefaultOn<Inputs, On> = [On] extends [never] ? OnlyParameter<Inputs> : On;

type InputChain<Steps, On, Parameter> = Steps extends readonly [infer S, ...infer Rest]
  ? Parameter extends OnOf<S, On>
    ? [S, ...InputChain<Rest, On, Parameter>]
    : InputChain<Rest, On, Parameter>
  : [];

type PipedParameters<Steps, On> = { [I in keyof Steps]: OnOf<Steps[I], On> }[keyof Steps & `${number}`];

/** The nodes whose parameters these can be. */
type HolderOf<Nodes> = Self extends keyof Nodes ? Self : NamesOf<Nodes>;

/** Of several nodes the compiler does not know which one the made ones belong to. */
type HolderMisfits<Nodes> = Self extends keyof Nodes
  ? never
  : [Exclude<NamesOf<Nodes>, TargetsOf<Nodes, never>>] extends [never]
    ? never
    : 'write pipeInput before the modifiers that make parts, steps or checks of several nodes';

/** What the function takes. A parameter that collects does so before its steps. */
type TakenBy<Inputs, P extends keyof Inputs> =
  P extends CollectedKeys<Required<Inputs>>
    ? Required<Inputs>[P] extends Collected<infer Parameter>
      ? Parameter
      : never
    : Required<Inputs>[P];
type SameCollected<Inputs, P, T> = P extends CollectedKeys<Required<Inputs>> ? Collected<T> : T;

type ParameterMisfits<Inputs, Steps, On> = [PipedParameters<Steps, On>] extends [never]
  ? [keyof Inputs] extends [never]
    ? 'there is no parameter to pipe'
    : "say which parameter is piped: pipeInput(…, { on: 'name' })"
  : {
      [P in PipedParameters<Steps, On> & string]: P extends keyof Inputs
        ? MisfitsBefore<InputChain<Steps, On, P>, TakenBy<Inputs, P>>
        : `there is no parameter '${P}' left to pipe`;
    }[PipedParameters<Steps, On> & string];

export type InputMisfits<Nodes, Inputs, Steps, On> =
  | HolderMisfits<Nodes>
  | ParameterMisfits<Inputs, Steps, DefaultOn<Inputs, On>>
  | UnsureSteps<Steps, DefaultOn<Inputs, On>>;

/** A step for no parameter in particular needs one that is clear. */
type UnsureSteps<Steps, On> = {
  [I in keyof Steps]: [OnOf<Steps[I], On>] extends [never]
    ? "say which parameter is piped: pipeInput(…, { on: 'name' })"
    : never;
}[keyof Steps & `${number}`];

type InputEntries<Nodes, Steps, On, Parameters extends string> = {
  [K in HolderOf<Nodes>]: {
    [P in Parameters]: NodesOfChain<
      InputChain<Steps, On, P>,
      BaseName<K>,
      IsUnion<HolderOf<Nodes>>,
      IsUnion<Parameters> extends true ? `${P}.` : ''
    >;
  }[Parameters];
}[HolderOf<Nodes>];

/** The nodes after `pipeInput`: those there were and one for each step. */
export type PipedInput<Nodes, Inputs, Steps, On> = WithInner<
  Nodes,
  FromEntries<
    InputEntries<Nodes, Steps, DefaultOn<Inputs, On>, PipedParameters<Steps, DefaultOn<Inputs, On>> & string>
  >
>;

/** What comes from elsewhere: the steps take the place of the parameters. */
export type InputsBefore<Inputs, Steps, On> = string extends keyof Inputs
  ? Inputs
  : Flatten<
      {
        [K in keyof Inputs as K extends PipedParameters<Steps, DefaultOn<Inputs, On>> ? never : K]: Inputs[K];
      } & {
        readonly [P in PipedParameters<Steps, DefaultOn<Inputs, On>> & keyof Inputs]: SameCollected<
          Inputs,
          P,
          Before<InputChain<Steps, DefaultOn<Inputs, On>, P>, TakenBy<Inputs, P>>
        >;
      } & SourcesOfSteps<Steps>
    >;
