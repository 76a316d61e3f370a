/** In types: what the arguments of a step may be, and where they come from. */
import type { AnyFunction } from '../../model/definition.js';
import type { NodeContext } from '../../model/functions.js';
import type { InputsAfter, MisfitsOf } from '../../draft/bindings.js';

/** The parameters after the first. */
export type ArgumentsOf<F extends AnyFunction> =
  Parameters<F> extends readonly [_?: unknown, ...rest: infer Rest]
    ? Rest
    : number extends Parameters<F>['length']
      ? Parameters<F>
      : [];

/** A list as a record: the elements by their numbers. */
type ByNumber<List> = List extends readonly unknown[]
  ? number extends List['length']
    ? Readonly<Record<`${number}`, List[number]>>
    : { readonly [I in keyof List & `${number}`]: List[I] }
  : never;

/** The context needs no argument. */
type WithoutContext<List> = List extends readonly [...infer Rest, infer Last]
  ? unknown extends Last
    ? List
    : NodeContext extends Last
      ? Rest
      : List
  : List;

type LengthOf<List> = List extends readonly unknown[] ? List['length'] : never;

/** What is wrong with the arguments of a step, as a text; `never` when nothing is. */
export type StepMisfits<F extends AnyFunction, A extends readonly unknown[]> =
  LengthOf<Parameters<F>> extends 0
    ? 'the function takes no value'
    : A['length'] extends LengthOf<ArgumentsOf<F>> | LengthOf<WithoutContext<ArgumentsOf<F>>>
      ? MisfitsOf<ByNumber<ArgumentsOf<F>>, ByNumber<A>>
      : 'arguments are missing, or there are too many';

export type StepSources<Parameters, A> = SourcesOf<ByNumber<Parameters>, ByNumber<A>>;
export type IntoSources<Piped, B> = SourcesOf<Piped, B>;

type SourcesOf<Inputs, B> = InputsAfter<Pick<Inputs, keyof Inputs & keyof B>, B>;

type RequiredKey<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? never : K }[keyof T];

/** What is wrong with the inputs that `into` names and binds. */
export type IntoMisfits<Piped, Key extends string, B> = Key extends keyof Piped
  ?
      | MisfitsOf<Omit<Piped, Key>, B>
      | {
          [K in RequiredKey<Piped> & string]: K extends Key | keyof B
            ? never
            : `the parameter '${K}' is not given`;
        }[RequiredKey<Piped> & string]
  : `there is no parameter '${Key}'`;
