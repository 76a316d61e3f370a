/** One transformation of a value on its way into or out of a node; see `pipeInput` and `pipeOutput`. */
import type { AnyFunction } from '../../model/definition.js';
import type { Bindings, Refuse } from '../../draft/bindings.js';
import type { ArgumentsOf, IntoMisfits, IntoSources, StepMisfits, StepSources } from './step-types.js';
import { type ConfigValue, when, whenIn, whenNot, whenNotIn } from '../variants/when.js';

const brand: unique symbol = Symbol.for('flowerpower.step');
declare const typesKey: unique symbol;

/** What the compiler knows of a step. */
export interface StepTypes {
  /** What it takes. */
  piped: unknown;
  /** What it gives. */
  value: unknown;
  /** The nodes that its arguments come from, and their types. */
  sources: unknown;
  /** The name it was given; `never` for the name of its function, which the compiler cannot see. */
  name: string;
  /** `undefined`: named after the node that it belongs to. */
  space: string | null | undefined;
  /** True when a condition may leave it out. */
  sometimes: boolean;
  /** The parameters or nodes it is for; `never` for those that the modifier is for. */
  on: string;
}

/** What a step does, as data. */
export interface StepData {
  readonly fn: AnyFunction;
  /** The arguments after the piped value. */
  readonly args: readonly unknown[];
  /** For a function that takes one object: the key of the piped value, and what its other keys take. */
  readonly into?: { readonly key: string; readonly bindings: Bindings } | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | null | undefined;
  /** The parameters or nodes it is for. Undefined: those that the modifier is for. */
  readonly on?: readonly string[] | undefined;
  /** `when…` modifiers, all of which must keep it. */
  readonly conditions: readonly unknown[];
}

/** Any step, whatever its types. */
export interface AnyStep {
  readonly [brand]: StepData;
}

type With<T, Change> = { [K in keyof T]: K extends keyof Change ? Change[K] : T[K] } & {};
type Values = Readonly<Record<string, ConfigValue>>;
type Lists = Readonly<Record<string, readonly ConfigValue[]>>;

/** A step with its settings. Every method gives a new step; the one it is called on stays as it is. */
export interface Step<T extends StepTypes> extends AnyStep {
  /** Exists in types only. */
  readonly [typesKey]?: T;
  /**
   * For a function that destructures its inputs: the piped value goes to this one; `bindings` gives the others, each
   * a `source`, a `value`, a `group` or a plain value. Those with a default may be left out.
   */
  into<const Key extends string, const B extends Bindings = Record<never, never>>(
    parameter: Key & Refuse<IntoMisfits<T['piped'], Key, B>>,
    bindings?: B,
  ): Step<
    With<
      T,
      { piped: Key extends keyof T['piped'] ? T['piped'][Key] : never; sources: IntoSources<T['piped'], B> }
    >
  >;
  /** Applies the step only for some configurations; as the modifier `when`. Several conditions must all hold. */
  when(conditions: Values): Step<With<T, { sometimes: true }>>;
  whenNot(conditions: Values): Step<With<T, { sometimes: true }>>;
  whenIn(conditions: Lists): Step<With<T, { sometimes: true }>>;
  whenNotIn(conditions: Lists): Step<With<T, { sometimes: true }>>;
  /** The node of the step is `X.name` instead of `X.with_function`; the compiler knows names given here only. */
  named<const Name extends string>(name: Name): Step<With<T, { name: Name }>>;
  /** The node of the step is `namespace.name`, or without a namespace for `null`, instead of `X.name`. */
  namespaced<const Space extends string | null>(namespace: Space): Step<With<T, { space: Space }>>;
  /** The parameters (of `pipeInput`) or nodes (of `pipeOutput`) that the step is for. */
  on<const Targets extends readonly [string, ...string[]]>(
    ...targets: Targets
  ): Step<With<T, { on: Targets[number] }>>;
}

export type TypesOf<S> = S extends { readonly [typesKey]?: infer T extends StepTypes } ? T : never;

/**
 * Makes a function a step of `pipeInput`, `pipeOutput` or `mutate`.
 *
 * The value that comes along is the first argument; `args` are the others, each a `source('node')`, a `value(x)`, a
 * `group(...)` or a plain value. For a function that destructures its inputs, say which one takes the value:
 * `step(fn).into('x', { by: 2 })`. A last parameter named `ctx`, or the second of a destructured function, receives
 * the node context. The function may be asynchronous. Conditions and names: see {@link Step}.
 *
 * A generic function is taken at its constraints; write `step((rows: Row[]) => sorted(rows))` to keep more.
 * Nothing runs and nothing is checked here; wrong use that compiles is reported when the graph is built.
 *
 * @example
 * ```ts
 * import { createDriver, node, pipeOutput, source, step } from '@flowerpower/core';
 *
 * const scale = ({ x, by }: { x: number; by: number }) => x * by;
 * const m = {
 *   price: node(
 *     () => 2.34,
 *     pipeOutput(step(scale).into('x', { by: source('rate') }).named('local'), step(Math.round)),
 *   ),
 * };
 * createDriver({ modules: [m] }).executeSync(['price', 'price.local'], { inputs: { rate: 10 } }); // { price: 23, 'price.local': 23.4 }
 * ```
 */
export function step<F extends AnyFunction, const A extends readonly unknown[]>(
  fn: F & Refuse<StepMisfits<F, A>>,
  ...args: A
): Step<{
  piped: Parameters<F>[0];
  value: Awaited<ReturnType<F>>;
  sources: StepSources<ArgumentsOf<F>, A>;
  name: never;
  space: undefined;
  sometimes: false;
  on: never;
}> {
  return stepWith({ fn, args, conditions: [] }) as never;
}

export function isStep(candidate: unknown): candidate is AnyStep {
  return typeof candidate === 'object' && candidate !== null && brand in candidate;
}

export function dataOf(of: AnyStep): StepData {
  return of[brand];
}

function stepWith(data: StepData): Step<StepTypes> {
  const change = (changes: Partial<StepData>) => stepWith({ ...data, ...changes }) as never;
  const under = (condition: unknown) => change({ conditions: [...data.conditions, condition] });
  return {
    [brand]: data,
    into: (key, bindings = {} as never) => change({ into: { key, bindings } }),
    when: (conditions) => under(when(conditions)),
    whenNot: (conditions) => under(whenNot(conditions)),
    whenIn: (conditions) => under(whenIn(conditions)),
    whenNotIn: (conditions) => under(whenNotIn(conditions)),
    named: (name) => change({ name: name ?? '' }),
    namespaced: (namespace) => change({ namespace }),
    on: (...targets) => change({ on: targets }),
  };
}
