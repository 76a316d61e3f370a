/** The types of what `parameterize` and `inject` bind to parameters. */
import type { Intersect } from '../types/intersect.js';
import type { Group } from './group.js';
import type { Source } from './source.js';
import type { Value } from './value.js';

/** What each parameter takes: a `source`, a `value`, a `group`, or a plain value. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Makes a modifier refuse a definition: the compiler shows the text of `Problem`, unless it is `never`. */
export type Refuse<Problem> = [Problem] extends [never] ? unknown : { readonly problem: Problem };

/** The faults of some bindings, as texts; `never` when there are none. */
export type MisfitsOf<Inputs, B> = {
  [P in keyof B & string]: P extends keyof Inputs
    ? Fits<B[P], Required<Inputs>[P]> extends true
      ? never
      : `the parameter '${P}' takes another type`
    : `there is no parameter '${P}'`;
}[keyof B & string];

/** What still comes from elsewhere once the bindings are made. */
export type InputsAfter<Inputs, B> = {
  [K in keyof Inputs as K extends keyof B ? never : K]: Inputs[K];
} & Intersect<
  { [P in keyof B]: SourcesIn<B[P], P extends keyof Inputs ? Required<Inputs>[P] : unknown> }[keyof B]
>;

/** The inputs that a binding of a parameter of type `P` takes values from. */
type SourcesIn<Binding, P> = Binding extends Source
  ? { readonly [N in Binding['node']]: P }
  : Binding extends Group<infer Members>
    ? Intersect<{ [I in MemberKey<Members>]: SourcesIn<Members[I], MemberOf<P, I>> }[MemberKey<Members>]>
    : Record<never, never>;

type Fits<Binding, P> = Binding extends Source
  ? true
  : Binding extends Value<infer T>
    ? FitsValue<T, P>
    : Binding extends Group<infer Members>
      ? FitsGroup<Members, P>
      : FitsValue<Binding, P>;

type FitsValue<T, P> = [T] extends [P] ? true : [Mutable<T>] extends [P] ? true : false;

type FitsGroup<Members, P> = false extends
  | { [I in MemberKey<Members>]: Fits<Members[I], MemberOf<P, I>> }[MemberKey<Members>]
  | HoldsShape<Members, P>
  ? false
  : true;

/** A list goes where a list is taken; a record where one with no further required keys is taken. */
type HoldsShape<Members, P> = unknown extends P
  ? true
  : Members extends readonly unknown[]
    ? P extends readonly unknown[]
      ? true
      : false
    : P extends readonly unknown[]
      ? false
      : { readonly [K in keyof Members]: never } extends { readonly [K in keyof P]: unknown }
        ? true
        : false;

type MemberKey<Members> = Members extends readonly unknown[] ? keyof Members & `${number}` : keyof Members;

type MemberOf<P, I> = unknown extends P
  ? unknown
  : P extends readonly unknown[]
    ? I extends keyof P
      ? P[I]
      : P[number]
    : I extends keyof P
      ? P[I]
      : never;

/** Literals are read as constants, so that unions of literals fit; here their arrays may change again. */
type Mutable<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
