/**
 * The nodes of other modules as a sub-graph of one export: under a namespace of its own, with its own
 * configuration, and with inputs that are wired to other nodes or bound to values.
 */
import { boundedList } from '../../errors/name-list.js';
import { isGroup } from '../../draft/group.js';
import type { DraftParameter, ModifierContext, NodeDraft } from '../../model/definition.js';
import type { CoreProblem } from '../../errors/catalogue.js';
import { didYouMean } from '../../errors/suggest.js';
import { exportsOf } from '../../model/define-module.js';
import { renamedParameters } from '../../draft/renamed-parameters.js';
import { renamedProblem } from '../../draft/renamed-problem.js';
import { asExtractionFrom } from '../../draft/extraction.js';
import { modifierProblem } from '../../draft/modifier-problem.js';
import { renameNodes } from '../../draft/rename-nodes.js';
import { isSource } from '../../draft/source.js';
import { markInner } from '../../draft/targets.js';
import { isValue } from '../../draft/value.js';

export interface SubgraphRequest {
  /** The modifier, for errors. */
  readonly step: string;
  /** The node that the sub-graph belongs to. */
  readonly of: NodeDraft;
  readonly modules: readonly object[];
  /** By the names that the nodes inside use: a `source`, a `value` or a plain value. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly namespace: string;
}

export interface Subgraph {
  /** Under their new names, marked as inner. */
  readonly nodes: readonly NodeDraft[];
  /** What a name means inside, seen from outside; undefined where it means nothing. */
  resolve(name: string): Meaning | undefined;
  /** The names that mean something inside. */
  readonly names: readonly string[];
  /** Conditions of variants that were left out, by node name. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
  /** Inputs and configuration keys that nothing inside uses, with the problem that this is. */
  readonly unused: ReadonlyMap<string, CoreProblem>;
}

/** Another node, or a fixed value. */
type Meaning = { readonly node: string } | { readonly value: unknown };

export function draftSubgraph(request: SubgraphRequest, context: ModifierContext): Subgraph | undefined {
  const { step, of, modules, inputs, namespace } = request;
  const config = plainConfig(request, context);
  const used = new Set<string>();
  const merged = { ...context.config, ...config };
  const useConfig = (key: string) =>
    Object.hasOwn(config, key) ? void used.add(key) : context.useConfig(key);
  const owner = `${step} of '${of.exportName}'`;
  if (modules.some((module) => context.around.includes(exportsOf(module)))) {
    context.report({
      code: 'FP_BAD_MODIFIER',
      message: `The ${owner} uses a module that it is itself part of, so its graph would never end.`,
      hint: 'Move the nodes that it needs to a module of their own.',
      places: of.place ? [of.place] : [],
    });
    return undefined;
  }
  const drafted = context.draft(modules, { owner, place: of.place, config: merged, useConfig });

  const nodes = [...drafted.nodes.values()].map((node) => {
    if (!Object.hasOwn(merged, node.name)) return node;
    useConfig(node.name);
    return fixedNode(node, merged[node.name]);
  });
  const free = new Set(nodes.flatMap(openEdges).map(({ node }) => node));
  for (const { name } of nodes) free.delete(name);

  const resolve = (name: string): Meaning | undefined => {
    if (drafted.nodes.has(name)) return { node: `${namespace}.${name}` };
    if (Object.hasOwn(inputs, name)) return meaningOf(inputs[name]);
    if (Object.hasOwn(config, name)) return { value: config[name] };
    return free.has(name) ? { node: name } : undefined;
  };
  for (const node of nodes) {
    if (!node.fromText) continue;
    const isKnown = (name: string) => drafted.nodes.has(name) || Object.hasOwn(inputs, name);
    for (const renamed of renamedParameters(node, isKnown)) context.report(renamedProblem(renamed, node));
  }
  const wired = nodes.map((node) =>
    rewire(node, (name) => (drafted.nodes.has(name) ? undefined : resolve(name))),
  );
  return {
    nodes: renameNodes(wired, ({ name }) => `${namespace}.${name}`).map((node) => ({
      ...markInner(node),
      derived: true,
    })),
    resolve,
    names: [...drafted.nodes.keys(), ...free],
    leftOut: drafted.leftOut,
    unused: unusedKeys({ ...request, config }, { free, used, computed: drafted.nodes }),
  };
}

/** A configuration is fixed when the graph is built: `value('a')` is `'a'`, and no other node can give it. */
function plainConfig({ step, of, config }: SubgraphRequest, context: ModifierContext): Inputs {
  const entries = Object.entries(config).map(([key, given]): [string, unknown] => {
    if (isSource(given) || isGroup(given)) {
      const hint = `Give it in inputs: { ${key}: … }, or write the value itself.`;
      context.report(
        modifierProblem(of, step, `the config key '${key}' is given a source, not a value`, hint),
      );
    }
    return [key, isValue(given) ? given.value : given];
  });
  return Object.fromEntries(entries);
}

/** The edges of a node that no value is bound to. */
export function openEdges({ parameters, bound }: NodeDraft): readonly DraftParameter[] {
  return parameters.filter(({ parameter }) => !Object.hasOwn(bound, parameter));
}

/** @param meaningOfEdge - what an edge takes from now on; undefined where it stays as it is. */
export function rewire(
  node: NodeDraft,
  meaningOfEdge: (name: string, edge: DraftParameter) => Meaning | undefined,
): NodeDraft {
  const bound: Record<string, unknown> = { ...node.bound };
  let isChanged = false;
  const parameters = node.parameters.map((edge) => {
    const meaning = Object.hasOwn(node.bound, edge.parameter) ? undefined : meaningOfEdge(edge.node, edge);
    if (meaning === undefined) return edge;
    if ('value' in meaning) bound[edge.parameter] = meaning.value;
    else if (meaning.node === edge.node) return edge;
    isChanged = true;
    return 'value' in meaning ? edge : { ...edge, node: meaning.node, optional: false };
  });
  if (!isChanged) return node;
  return asExtractionFrom({ ...node, parameters, bound, derived: true }, parameters[0]?.node);
}

/** What a configuration key that is named like a node makes of it. */
function fixedNode(node: NodeDraft, value: unknown): NodeDraft {
  return {
    ...node,
    kind: 'function',
    fn: (fixed: unknown) => fixed,
    style: 'positional',
    parameters: [{ parameter: 'value', node: 'value', optional: false, type: node.type }],
    bound: { value },
    takesContext: false,
    branch: undefined,
    derived: true,
  };
}

function meaningOf(binding: unknown): Meaning {
  if (isSource(binding)) return { node: binding.node };
  return { value: isValue(binding) ? binding.value : binding };
}

type Inputs = Readonly<Record<string, unknown>>;

interface Uses {
  /** Names that the nodes inside need and that none of them computes. */
  readonly free: ReadonlySet<string>;
  /** Configuration keys that modifiers and replaced nodes have used. */
  readonly used: ReadonlySet<string>;
  readonly computed: ReadonlyMap<string, NodeDraft>;
}

function unusedKeys(
  { step, of, inputs, config }: SubgraphRequest,
  { free, used, computed }: Uses,
): ReadonlyMap<string, CoreProblem> {
  const problems = new Map<string, CoreProblem>();
  for (const key of Object.keys(inputs)) {
    if (free.has(key)) continue;
    const problem = computed.has(key)
      ? modifierProblem(of, step, `the input '${key}' is computed by a node of the sub-graph`, replaceHint)
      : modifierProblem(of, step, `the sub-graph takes no input '${key}'`, hintFor(key, free, 'It takes'));
    problems.set(key, problem);
  }
  for (const key of Object.keys(config)) {
    if (free.has(key) || used.has(key)) continue;
    const known = [...used, ...computed.keys(), ...free];
    const message = `the config key '${key}' is used by no node and no when… modifier of the sub-graph`;
    const hint = didYouMean(key, known) ?? 'Remove it.';
    problems.set(key, { ...modifierProblem(of, step, message, hint), code: 'FP_UNKNOWN_CONFIG_KEY' });
  }
  return problems;
}

const replaceHint = 'To replace the node by a value, give the value in config.';

export function hintFor(name: string, known: Iterable<string>, title: string): string {
  const names = [...known];
  return didYouMean(name, names) ?? `${title}: ${boundedList(names) || 'none'}.`;
}
