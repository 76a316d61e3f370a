/** Versions of nodes and graphs: content hashes that change when the code of a node changes. */
import type { ModifierStep } from '../model/definition.js';
import type { GraphEntry } from '../graph/graph-entry.js';
import type { ValidatedGraph } from '../graph/validate-graph.js';
import { canonicalText } from './canonical-text.js';
import { contentHash } from './content-hash.js';
import { normaliseSource } from './normalise-source.js';

/** The versions of a graph. Each is 32 hexadecimal digits. */
export interface GraphVersions {
  /** The hash of the sorted versions of the nodes. */
  readonly graph: string;
  /** By name, in topological order. */
  readonly nodes: ReadonlyMap<string, string>;
}

/** Computes versions on demand and keeps them. */
export interface Versioning {
  of(name: string): string;
  all(): GraphVersions;
}

const known = new WeakMap<ValidatedGraph, Versioning>();

/** The versions of a graph, which everyone who asks about it shares. */
export function versioningOf(validated: ValidatedGraph): Versioning {
  let versioning = known.get(validated);
  if (versioning === undefined) known.set(validated, (versioning = createVersioning(validated)));
  return versioning;
}

function createVersioning(validated: ValidatedGraph): Versioning {
  const { entries, index } = validated;
  const made = new Map<string, string>();
  let versions: GraphVersions | undefined;

  const of = (name: string): string => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const version = contentHash(describe(entries[index.get(name)!]!));
    made.set(name, version);
    return version;
  };
  return {
    of,
    all: () => (versions ??= versionsOf(entries.map(({ node }) => [node.name, of(node.name)] as const))),
  };
}

function versionsOf(entries: readonly (readonly [string, string])[]): GraphVersions {
  const sorted = entries.map(([, version]) => version).sort();
  return { graph: contentHash(sorted.join('\n')), nodes: new Map(entries) };
}

/** Everything that a version stands for, as one unambiguous text. */
function describe({ node, draft }: GraphEntry): string {
  if (draft === undefined) return JSON.stringify([node.kind, node.name]);
  // A node that a modifier made runs a function of the modifier; only what was written tells what that one wraps.
  const { fn, steps } = draft.origin!;
  return JSON.stringify([
    node.kind,
    node.name,
    draft.style,
    draft.takesContext,
    textOf(draft.fn),
    draft.parameters.map(({ parameter, node: source, optional, collect }) => [
      parameter,
      source,
      optional,
      collect,
    ]),
    canonicalText(draft.bound),
    [fn === draft.fn ? '' : textOf(fn), steps.map(describeStep)],
    [draft.fanOut, draft.branch].map(canonicalText),
    draft.codeVersion,
  ]);
}

function describeStep({ name, version }: ModifierStep): unknown {
  return version === undefined ? name : [name, canonicalText(version)];
}

function textOf(fn: unknown): string {
  return normaliseSource(Function.prototype.toString.call(fn));
}
