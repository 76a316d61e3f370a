import type { CoreProblem } from '../errors/catalogue.js';
import { optionProblems } from '../errors/option-problems.js';
import { aChoice, anything, aText, type OptionRules } from '../errors/option-rules.js';
import { shapeOf } from '../errors/shape-of.js';
import type { InputsOfFunction, ValueOfFunction } from './functions.js';
import type { NodeKind } from './graph.js';
import { readNamed } from './named-inputs.js';
import {
  type AnyDefinition,
  type AnyFunction,
  type DefinitionData,
  definitionKey,
  isDefinition,
  type NodeDefinition,
  type Self,
  withStep,
} from './definition.js';

/** Options of the explicit form of {@link node}. */
export interface NodeOptions<Names extends readonly string[]> {
  /** The nodes whose values arrive as positional arguments, in this order. One with a default value is optional. */
  readonly inputs: Names;
  /** The description shown in pictures and listings. */
  readonly doc?: string;
  /** What the node is; `loader` and `saver` mark nodes that read or write outside data. Default `function`. */
  readonly kind?: Extract<NodeKind, 'function' | 'loader' | 'saver'>;
}

type OwnNode<F extends AnyFunction> = { readonly [K in Self]: ValueOfFunction<F> };
type Base<F extends AnyFunction> = NodeDefinition<OwnNode<F>, InputsOfFunction<F>>;
/** A parameter with a default value, or a `?`, makes an optional input. */
type NamedInputs<Names extends readonly string[], F extends AnyFunction> = {
  readonly [K in Exclude<keyof Names & `${number}`, OptionalIndex<F>> as Names[K] & string]: Parameters<F>[K &
    keyof Parameters<F>];
} & {
  readonly [K in keyof Names & OptionalIndex<F> as Names[K] & string]?: Required<Parameters<F>>[K &
    keyof Parameters<F>];
};
/** The positions of the parameters that may be left out. */
type OptionalIndex<F extends AnyFunction> = {
  [K in keyof Parameters<F> & `${number}`]: Record<never, never> extends Pick<Parameters<F>, K> ? K : never;
}[keyof Parameters<F> & `${number}`];
type Explicit<Names extends readonly string[], F extends AnyFunction> = NodeDefinition<
  OwnNode<F>,
  NamedInputs<Names, F>
>;
type Modifier<From, To> = (definition: From) => To;

/**
 * Declares a node with modifiers, or with explicit inputs.
 *
 * Accepts a function whose inputs are read from it (`node(fn, …modifiers)`) or named (`node({ inputs }, fn,
 * …modifiers)`; a further parameter without a default value then receives the node context). Returns a function with the same
 * behaviour, so a node is unit-tested by calling it. Modifiers apply in the order written. A plain exported
 * function needs no `node(...)`.
 *
 * Nothing runs and nothing is checked here; a wrong use is reported when the graph is built.
 *
 * @example
 * ```ts
 * import { createDriver, node, tag, when } from '@flowerpower/core';
 *
 * const pricing = {
 *   tax__uk: node(({ net }: { net: number }) => net * 0.2, when({ country: 'uk' })),
 *   tax__de: node(({ net }: { net: number }) => net * 0.19, when({ country: 'de' })),
 *   gross: node({ inputs: ['net', 'tax'] }, (net: number, tax: number) => net + tax, tag({ owner: 'sales' })),
 * };
 * const driver = createDriver({ modules: [pricing], config: { country: 'uk' } });
 * driver.executeSync(['gross'], { inputs: { net: 100 } }); // { gross: 120 }
 * ```
 */
export function node<F extends AnyFunction>(fn: F): F & Base<F>;
export function node<F extends AnyFunction, A>(fn: F, a: Modifier<Base<F>, A>): F & A;
export function node<F extends AnyFunction, A, B>(fn: F, a: Modifier<Base<F>, A>, b: Modifier<A, B>): F & B;
export function node<F extends AnyFunction, A, B, C>(
  fn: F,
  a: Modifier<Base<F>, A>,
  b: Modifier<A, B>,
  c: Modifier<B, C>,
): F & C;
export function node<F extends AnyFunction, A, B, C, D>(
  fn: F,
  a: Modifier<Base<F>, A>,
  b: Modifier<A, B>,
  c: Modifier<B, C>,
  d: Modifier<C, D>,
): F & D;
export function node<F extends AnyFunction, A, B, C, D, E>(
  fn: F,
  a: Modifier<Base<F>, A>,
  b: Modifier<A, B>,
  c: Modifier<B, C>,
  d: Modifier<C, D>,
  e: Modifier<D, E>,
): F & E;
export function node<const N extends readonly string[], F extends AnyFunction>(
  options: NodeOptions<N>,
  fn: F,
): F & Explicit<N, F>;
export function node<const N extends readonly string[], F extends AnyFunction, A>(
  options: NodeOptions<N>,
  fn: F,
  a: Modifier<Explicit<N, F>, A>,
): F & A;
export function node<const N extends readonly string[], F extends AnyFunction, A, B>(
  options: NodeOptions<N>,
  fn: F,
  a: Modifier<Explicit<N, F>, A>,
  b: Modifier<A, B>,
): F & B;
export function node<const N extends readonly string[], F extends AnyFunction, A, B, C>(
  options: NodeOptions<N>,
  fn: F,
  a: Modifier<Explicit<N, F>, A>,
  b: Modifier<A, B>,
  c: Modifier<B, C>,
): F & C;
// Again: what is inferred comes from the first overload that fits, and what is told of a modifier that does not fit from the
// last one of that many arguments.
export function node<F extends AnyFunction, A>(fn: F, a: Modifier<Base<F>, A>): F & A;
export function node<F extends AnyFunction, A, B>(fn: F, a: Modifier<Base<F>, A>, b: Modifier<A, B>): F & B;
export function node<F extends AnyFunction, A, B, C>(
  fn: F,
  a: Modifier<Base<F>, A>,
  b: Modifier<A, B>,
  c: Modifier<B, C>,
): F & C;
export function node<F extends AnyFunction, A, B, C, D>(
  fn: F,
  a: Modifier<Base<F>, A>,
  b: Modifier<A, B>,
  c: Modifier<B, C>,
  d: Modifier<C, D>,
): F & D;
export function node(...args: readonly unknown[]): unknown {
  const explicit = typeof args[0] !== 'function';
  const options = (explicit ? args[0] : undefined) as NodeOptions<readonly string[]> | undefined;
  const fn = args[explicit ? 1 : 0] as AnyFunction;
  const modifiers = args.slice(explicit ? 2 : 1) as readonly unknown[];
  const data: DefinitionData = {
    fn,
    // Named inputs that are missing are reported when the graph is built.
    inputs: explicit ? (options?.inputs ?? (null as never)) : undefined,
    read: explicit ? readNamed(fn, options?.inputs) : undefined,
    kind: options?.kind ?? 'function',
    doc: options?.doc,
    steps: [],
  };
  // The modifiers of a node that is given would be lost, and the inputs of a branch are not those of its function.
  const start: AnyDefinition = isDefinition(fn)
    ? refuse({ [definitionKey]: { ...data, inputs: [], read: readNamed(fn, []) } }, isNodeAlready)
    : { [definitionKey]: data };
  const problems = options === undefined || options === null ? [] : optionProblems(options, rules());
  const sound = problems.reduce(
    (made, { message, hint }) => refuse(made, { code: 'FP_BAD_NODE', message, hint }),
    start,
  );
  const definition = modifiers.reduce<AnyDefinition>(applyModifier, sound);
  const callable = (...values: never[]) => fn(...values);
  if (typeof fn === 'function') {
    Object.defineProperty(callable, 'name', { value: fn.name, configurable: true });
    Object.defineProperty(callable, 'length', { value: fn.length, configurable: true });
  }
  return Object.assign(callable, definition);
}

const rules = (): OptionRules => ({
  // What they are is said with the inputs of all nodes.
  inputs: anything,
  doc: aText,
  kind: aChoice('function', 'loader', 'saver'),
});

const isNodeAlready: Refusal = {
  code: 'FP_BAD_NODE',
  message: 'what it was given is a node already.',
  hint: 'Give the function itself, with all modifiers; for what a branch gives, write a node that uses it.',
};

/** What is not a modifier is reported when the graph is built, where the name of the node is known. */
function applyModifier(definition: AnyDefinition, modifier: unknown, position: number): AnyDefinition {
  const made: unknown = typeof modifier === 'function' ? modifier(definition) : undefined;
  if (typeof made === 'object' && made !== null && definitionKey in made) return made as AnyDefinition;
  return refuse(definition, {
    code: 'FP_BAD_MODIFIER',
    message: `modifier ${position + 1} is not a modifier, but ${shapeOf(modifier)}.`,
    hint: "Write the call of a modifier, as in node(fn, tag({ owner: 'growth' })).",
  });
}

type Refusal = Pick<CoreProblem, 'code' | 'message' | 'hint'>;

function refuse(definition: AnyDefinition, refusal: Refusal): AnyDefinition {
  return withStep(definition, {
    name: 'node',
    apply(nodes, context) {
      const [first] = nodes;
      if (first === undefined) return nodes;
      const message = `node of '${first.exportName}' in ${first.module}: ${refusal.message}`;
      context.report({ ...refusal, message, places: first.place ? [first.place] : [] });
      return nodes;
    },
  });
}
