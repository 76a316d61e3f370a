import type { AnyFunction } from './definition.js';

/** What a node receives besides its inputs, when it asks for it. */
export interface NodeContext {
  /** Aborted when the run is cancelled or another node failed. */
  readonly signal: AbortSignal;
  readonly log: NodeLog;
  readonly runId: string;
  /** The name of the node. */
  readonly node: string;
  /** Counted from 1. */
  readonly attempt: number;
  /** The same for every attempt of this node, for this item, in this run; use it to make side effects idempotent. */
  readonly idempotencyKey: string;
  /** Inside a fan-out: the position of the item, from 0, in each fan-out around the node, the outermost first. */
  readonly item?: readonly number[];
  /** What the driver was given as `resources`; absent when it was given none. */
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** Where a node writes log lines. `console` fits. */
export interface NodeLog {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** The type of the value that a node function gives. */
export type ValueOfFunction<F extends AnyFunction> = Awaited<ReturnType<F>>;

/** Inputs whose names the type system cannot see: those of positional functions. */
export type UntypedInputs = { readonly [name: string]: unknown };

type NoInputs = Record<never, never>;
type NotInputsObject = readonly unknown[] | AnyFunction | Date | RegExp | Promise<unknown> | ArrayBufferView;
type HoldsInputs<A> = A extends NotInputsObject ? false : A extends object ? true : false;
type IsAny<T> = 0 extends 1 & T ? true : false;
type OnlyContext<Rest extends readonly unknown[]> = Rest extends readonly []
  ? true
  : Rest extends readonly [_?: infer C]
    ? NodeContext extends C
      ? true
      : false
    : false;

/**
 * The inputs of a node function: the keys of its destructured first parameter, or {@link UntypedInputs} for a
 * positional function. A positional function whose only parameter is a plain object looks destructured here;
 * name its input with `node({ inputs: [...] }, fn)`.
 */
export type InputsOfFunction<F extends AnyFunction> =
  Parameters<F> extends readonly []
    ? NoInputs
    : Parameters<F> extends readonly [_?: infer A, ...rest: infer Rest]
      ? IsAny<A> extends true
        ? UntypedInputs
        : HoldsInputs<A> extends true
          ? OnlyContext<Rest> extends true
            ? A
            : UntypedInputs
          : UntypedInputs
      : UntypedInputs;
