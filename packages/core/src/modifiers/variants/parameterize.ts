/** One function, several nodes: each with its own name and its own values for some parameters. */
import type { Flatten } from '../../types/flatten.js';
import type { Intersect } from '../../types/intersect.js';
import type { CoreProblem } from '../../errors/catalogue.js';
import { aText, isRecord } from '../../errors/option-rules.js';
import { checkedStep, entryProblems } from '../../draft/checked-step.js';
import { boundedList, nameList } from '../../errors/name-list.js';
import {
  type ModifierContext,
  type NodeDefinition,
  type NodeDraft,
  type Self,
  withStep,
} from '../../model/definition.js';
import { bindParameters } from '../../draft/bind-parameters.js';
import type { Bindings, InputsAfter, MisfitsOf, Refuse } from '../../draft/bindings.js';
import { describeOutput } from './describe-output.js';
import { isExtraction } from '../../draft/extraction.js';
import { isEveryParameterKnown, reportHiddenMarkers } from '../../draft/known-parameters.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { collapsedName, renameOwn } from '../../draft/rename-nodes.js';
import { type Source, source } from '../../draft/source.js';
import type { InnerKey, IsUnion, NamesOf, OwnName } from '../../types/targets.js';
import { leadingTo, outcomes } from '../../draft/targets.js';
import { value } from '../../draft/value.js';

/** The parameters of each output. */
type Outputs = Readonly<Record<string, Bindings>>;

/** The node that the outputs take the place of. */
type OwnOf<Nodes> = Self extends keyof Nodes ? Self : NamesOf<Nodes>;

type NameOfCopy<Name, Nodes, O, Out> =
  Name extends OwnOf<Nodes>
    ? Out
    : Name extends `${infer Head}${OwnName}${infer Tail}`
      ? `${Head}${Out & string}${Tail}`
      : IsUnion<keyof O> extends true
        ? `${Out & string}.${Name & string}`
        : Name;

/** Every node once for each output. The mark of inner nodes is copied with the names it holds. */
type Copies<Nodes, O> = {
  [E in {
    [Out in keyof O]: {
      [K in keyof Nodes]-?: K extends InnerKey
        ? [name: K, value: Nodes[K] extends infer Name ? InnerCopy<Name, Nodes, O, Out> : never]
        : [name: NameOfCopy<K, Nodes, O, Out>, value: Nodes[K]];
    }[keyof Nodes];
  }[keyof O] as E[0] & PropertyKey]: E[1];
};

type InnerCopy<Name, Nodes, O, Out> = Name extends unknown ? NameOfCopy<Name, Nodes, O, Out> : never;

type MisfitsOfOutputs<Nodes, Inputs, O> =
  | { [Out in keyof O]: MisfitsOf<Inputs, O[Out]> }[keyof O]
  | (IsUnion<OwnOf<Nodes>> extends true ? 'there is more than one node to copy' : never);

type Parameterized<O> = <Nodes, Inputs, C extends boolean>(
  definition: NodeDefinition<Nodes, Inputs, C> & Refuse<MisfitsOfOutputs<Nodes, Inputs, O>>,
) => NodeDefinition<
  Copies<Nodes, O>,
  Flatten<Intersect<{ [Out in keyof O]: InputsAfter<Inputs, O[Out]> }[keyof O]>>,
  C
>;

/**
 * Makes one node for each key; the export's own name is not a node any more.
 *
 * Each key gives values to some parameters: a `source('node')`, a `value(x)`, a `group(...)`, or any other
 * value as it is. Parameters that are not named stay inputs. In the description of the node `{param}` stands
 * for what a parameter takes and `{outputName}` for the name. What earlier modifiers made of the node is
 * copied with it: under its own name for a single key, else as `key.name`.
 *
 * An unknown parameter does not compile, and is a problem `FP_BAD_MODIFIER` of the build.
 *
 * @example
 * ```ts
 * import { createDriver, node, parameterize, source } from '@flowerpower/core';
 *
 * const shift = ({ x, by }: { x: number; by: number }) => x + by;
 * const m = {
 *   shift: node(shift, parameterize({ next: { by: 1 }, later: { x: source('next'), by: 10 } })),
 * };
 * createDriver({ modules: [m] }).executeSync(['next', 'later'], { inputs: { x: 1 } }); // { next: 2, later: 12 }
 * ```
 */
export function parameterize<const O extends Outputs>(outputs: O): Parameterized<O> {
  return parameterization('parameterize', outputs);
}

type Sources = Readonly<Record<string, Readonly<Record<string, string>>>>;
type SourcesOf<S extends Sources> = {
  readonly [Out in keyof S]: { readonly [P in keyof S[Out]]: Source & { readonly node: S[Out][P] } };
};

/**
 * {@link parameterize} with a `source` for every parameter.
 *
 * @example
 * ```ts
 * import { createDriver, node, parameterizeSources } from '@flowerpower/core';
 *
 * const m = {
 *   tax: node(({ net }: { net: number }) => net / 5, parameterizeSources({ foodTax: { net: 'food' } })),
 * };
 * createDriver({ modules: [m] }).executeSync(['foodTax'], { inputs: { food: 10 } }); // { foodTax: 2 }
 * ```
 */
export function parameterizeSources<const S extends Sources>(outputs: S): Parameterized<SourcesOf<S>> {
  const problemsOf = () =>
    isRecord(outputs)
      ? Object.entries(outputs).flatMap(([name, nodes]) =>
          entryProblems(`The sources of '${name}'`, aText, nodes),
        )
      : [];
  const bindings = () => mapValues(outputs, (nodes) => mapValues(nodes, (node) => source(node)));
  return parameterization(
    'parameterizeSources',
    problemsOf().length > 0 ? outputs : bindings(),
    problemsOf,
  ) as never;
}

/**
 * {@link parameterize} for one parameter: each key is a node with that value for it.
 *
 * @example
 * ```ts
 * import { createDriver, node, parameterizeValues } from '@flowerpower/core';
 *
 * const m = {
 *   power: node(({ n, x }: { n: number; x: number }) => x ** n, parameterizeValues('n', { square: 2, cube: 3 })),
 * };
 * createDriver({ modules: [m] }).executeSync(['square', 'cube'], { inputs: { x: 2 } }); // { square: 4, cube: 8 }
 * ```
 */
export function parameterizeValues<const P extends string, const V extends Bindings>(
  parameter: P,
  values: V,
): Parameterized<{ readonly [Out in keyof V]: { readonly [K in P]: V[Out] } }> {
  const bindings = mapValues(values, (given) => ({ [parameter]: value(given) }));
  return parameterization('parameterizeValues', bindings) as never;
}

/** Keeps what is not an object as it is, for the build to report. */
function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To) {
  if (!isRecord(record)) return record;
  return Object.fromEntries(Object.entries(record).map(([key, given]) => [key, map(given)]));
}

function parameterization<O>(
  name: string,
  outputs: unknown,
  problemsOf: () => readonly CoreProblem[] = () => [],
): Parameterized<O> {
  const step = checkedStep(problemsOf, {
    name,
    version: outputs,
    apply: (nodes, context) => copyNodes(nodes, outputs, name, context),
  });
  return (definition) => withStep(definition, step);
}

function copyNodes(
  nodes: readonly NodeDraft[],
  outputs: unknown,
  step: string,
  context: ModifierContext,
): readonly NodeDraft[] {
  const [first] = nodes;
  if (first === undefined) return nodes;
  const entries = isRecord(outputs) ? Object.entries(outputs) : [];
  if (entries.length === 0) {
    const hint = `Write ${step}({ firstNode: { … }, secondNode: { … } }).`;
    context.report(modifierProblem(first, step, 'it names no node to make', hint));
    return nodes;
  }
  const own = ownNode(nodes);
  if (own === undefined) {
    const names = boundedList(nodes.map((node) => node.name));
    const hint = 'Give every node and its parameters in one modifier.';
    context.report(modifierProblem(first, step, `there is more than one node to copy: ${names}`, hint));
    return nodes;
  }
  reportSharedSavers(nodes, own, entries, step, context);
  const known = entries.map(([, bindings]) => isEveryParameterKnown(nodes, bindings, step, context));
  if (known.includes(false)) return nodes;
  for (const [, bindings] of entries) reportHiddenMarkers(nodes, bindings as Bindings, step, context);
  return entries.flatMap(([output, bindings]) => copyFor(output, bindings as Bindings, own, nodes, entries));
}

/** A saver whose options are all fixed would write every copy to where it has written the one before. */
function reportSharedSavers(
  nodes: readonly NodeDraft[],
  own: NodeDraft,
  entries: readonly (readonly [string, unknown])[],
  step: string,
  context: ModifierContext,
): void {
  if (entries.length < 2) return;
  const names = nameList(entries.map(([name]) => name));
  for (const saver of nodes) {
    if (saver.kind !== 'saver' || saver === own || saver.parameters.length > 1) continue;
    const message = `'${saver.name}' would save ${names} to the same place`;
    const hint = `Write saveTo after ${step}, with a function of the name: saveTo((node) => …).`;
    context.report(modifierProblem(saver, step, message, hint));
  }
}

function copyFor(
  output: string,
  bindings: Bindings,
  own: NodeDraft,
  nodes: readonly NodeDraft[],
  { length: count }: readonly unknown[],
): readonly NodeDraft[] {
  const renamed = renameOwn(nodes, own.name, output, (name) => (count > 1 ? `${output}.${name}` : name));
  return renamed.map((node) => ({
    ...bindParameters(node, bindings),
    doc: describeOutput(node, output, bindings),
  }));
}

/** The node named as the export or, where an earlier modifier has given it another name, the only outcome. */
function ownNode(nodes: readonly NodeDraft[]): NodeDraft | undefined {
  const exportName = nodes[0]?.exportName ?? '';
  const named = nodes.find(({ name }) => name === exportName || name === collapsedName(exportName));
  const others = outcomes(nodes).filter((node) => node !== named && !isExtraction(node));
  if (named !== undefined)
    return others.some(({ name }) => !isMadeFrom(nodes, named, name)) ? undefined : named;
  return others.length === 1 && nodes.length === 1 ? others[0] : undefined;
}

/** True for nodes that hang together with the given one, such as its fields, their checks, and its saver. */
function isMadeFrom(nodes: readonly NodeDraft[], own: NodeDraft, name: string): boolean {
  return leadingTo(nodes, name).has(own.name);
}
