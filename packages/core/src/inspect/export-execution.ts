/** What an execution consists of, as data for files, other programs and comparisons. */
import type { Place } from '../errors/flowerpower-error.js';
import type { GraphNode, NodeKind } from '../model/graph.js';
import type { Plan } from '../plan/plan.js';
import type { Versioning } from './node-versions.js';

/** One node of an exported execution. Facts that are not known are absent. */
export interface ExportedNode {
  readonly name: string;
  readonly kind: NodeKind;
  /** True when the request gives the value instead of computing it; what it needs may then be absent. */
  readonly overridden: boolean;
  /** By key, sorted. */
  readonly tags: Readonly<Record<string, string | readonly string[]>>;
  /** The type of the value as annotated, where the source is known. */
  readonly type?: string;
  /** Names of nodes, sorted. An optional one is absent from the export when nothing gives it. */
  readonly dependencies: { readonly required: readonly string[]; readonly optional: readonly string[] };
  readonly place?: Readonly<Place>;
  readonly doc?: string;
  /** See `versions`. */
  readonly version: string;
}

/** An execution as plain data: `JSON.parse(JSON.stringify(it))` equals it. */
export interface ExportedExecution {
  /** As requested. */
  readonly outputs: readonly string[];
  /** What would run and what it is given, sorted by name. */
  readonly nodes: readonly ExportedNode[];
}

export function exportPlan(
  { nodes, sources, planned, outputs }: Plan,
  versioning: Versioning,
): ExportedExecution {
  const given = sources.map((source, slot) => ({ node: nodes[slot]!, overridden: source === 'override' }));
  return {
    outputs: outputs.map(({ name }) => name),
    nodes: [...given, ...planned.map((node) => ({ node, overridden: false }))]
      .map(({ node, overridden }) => exportNode(node, overridden, versioning.of(node.name)))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function exportNode(node: GraphNode, overridden: boolean, version: string): ExportedNode {
  const namesOf = (optional: boolean) => {
    const edges = node.dependencies.filter((dependency) => dependency.optional === optional);
    return [...new Set(edges.map((dependency) => dependency.node))].sort();
  };
  const { name, kind, tags, type, place, doc } = node;
  const facts = {
    name,
    kind,
    overridden,
    tags: Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))),
    type,
    dependencies: { required: namesOf(false), optional: namesOf(true) },
    place: place && { file: place.file, line: place.line, column: place.column },
    doc,
    version,
  };
  // Leaves out what is undefined.
  return JSON.parse(JSON.stringify(facts)) as ExportedNode;
}
