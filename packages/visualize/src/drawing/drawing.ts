/**
 * The one model that every format draws: what is shown, under which text, in which groups.
 * All text in it is plain (see `plain-text.ts`) and short enough for a label; only tooltips keep whole texts.
 */
import type { Graph, GraphNode, NodeKind } from '@flowerpower/core';
import { createNamer } from './drawn-id.js';
import { groupByNamespace, type NameGroup } from './groups.js';
import type { DrawOptions } from './options.js';
import { plainLine, plainLines, shorten } from './plain-text.js';
import { previewValue } from './preview-value.js';
import { checkOrient, checkOutputs } from './check-options.js';

export interface Drawing {
  readonly title: string | undefined;
  readonly orient: 'LR' | 'TB';
  /** In topological order. */
  readonly nodes: readonly DrawnNode[];
  /** In the order of the nodes they lead to. */
  readonly edges: readonly DrawnEdge[];
  /** The nodes sorted into namespaces. */
  readonly root: DrawnGroup;
  /** What the legend explains; empty when there is none. */
  readonly legend: readonly LegendEntry[];
}

export interface DrawnNode {
  /** Letters, digits and `_` only; unique in the drawing; the same as long as the node keeps its name. */
  readonly id: string;
  /** The name relative to the group around the node. */
  readonly label: string;
  /** The whole name, on one line. */
  readonly fullName: string;
  readonly kind: NodeKind;
  readonly isOutput: boolean;
  readonly type: string | undefined;
  /** One `name = value` line for each bound parameter. */
  readonly bound: readonly string[];
  /** The whole documentation, several lines. */
  readonly doc: string | undefined;
  readonly tooltip: string;
}

export interface DrawnEdge {
  readonly from: DrawnNode;
  readonly to: DrawnNode;
  /** True when every parameter on this edge has a default. */
  readonly optional: boolean;
  /** The parameters that receive the value, unless there is one with the name of the node. */
  readonly label: string | undefined;
}

export interface DrawnGroup {
  readonly id: string;
  readonly label: string;
  readonly nodes: readonly DrawnNode[];
  readonly groups: readonly DrawnGroup[];
}

export type LegendEntry = NodeKind | 'output' | 'optional';

const nameLimit = 48;
const typeLimit = 40;
const parameterLimit = 32;
const edgeLabelLimit = 40;
const kindOrder: readonly NodeKind[] = ['input', 'config', 'loader', 'function', 'saver'];

/** Decides what a drawing of `graph` shows. Throws FP_VISUALIZE_UNKNOWN_OUTPUT and FP_VISUALIZE_INVALID_OPTION. */
export function createDrawing(graph: Graph, options: DrawOptions = {}): Drawing {
  const orient = checkOrient(options.orient ?? 'LR');
  const outputs = checkOutputs(graph, options.outputs ?? []);
  const shown = [...graph.nodes.values()].filter(
    (node) => !(options.hideInputs === true && node.kind === 'input' && !outputs.has(node.name)),
  );
  const groups = groupByNamespace(shown.map((node) => node.name));
  const labels = relativeLabels(groups);
  const nameNode = createNamer('n_');
  const nodes = new Map(
    shown.map((node) => [
      node.name,
      drawNode(node, nameNode(node.name), labels.get(node.name) ?? node.name, outputs.has(node.name)),
    ]),
  );
  const edges = shown.flatMap((node) => drawEdges(node, nodes));
  const drawn = [...nodes.values()];
  return {
    title: plainLine(options.title ?? '') || undefined,
    orient,
    nodes: drawn,
    edges,
    root: drawGroup(groups, nodes, createNamer('ns_')),
    legend: options.showLegend === false ? [] : legendFor(drawn, edges),
  };
}

/** How the legend shows an entry: as a node of that kind. */
export function legendExample(entry: Exclude<LegendEntry, 'optional'>): Pick<DrawnNode, 'kind' | 'isOutput'> {
  return entry === 'output' ? { kind: 'function', isOutput: true } : { kind: entry, isOutput: false };
}

function drawNode(node: GraphNode, id: string, label: string, isOutput: boolean): DrawnNode {
  const fullName = plainLine(node.name) || '(no name)';
  const type = plainLine(node.type ?? '') || undefined;
  const doc = plainLines(node.doc ?? '') || undefined;
  const heading = type === undefined ? fullName : `${fullName}: ${type}`;
  return {
    id,
    label: shorten(plainLine(label) || '(no name)', nameLimit),
    fullName,
    kind: node.kind,
    isOutput,
    type: type === undefined ? undefined : shorten(type, typeLimit),
    bound: Object.entries(node.bound).map(
      ([parameter, value]) => `${shorten(plainLine(parameter), parameterLimit)} = ${previewValue(value)}`,
    ),
    doc,
    tooltip: doc === undefined ? heading : `${heading}\n\n${doc}`,
  };
}

/** One edge for each node that `node` depends on, however many parameters receive its value. */
function drawEdges(node: GraphNode, nodes: ReadonlyMap<string, DrawnNode>): DrawnEdge[] {
  const to = nodes.get(node.name);
  const bySource = new Map<string, { parameters: string[]; optional: boolean }>();
  for (const { node: source, parameter, optional } of node.dependencies) {
    const edge = bySource.get(source);
    if (edge === undefined) bySource.set(source, { parameters: [parameter], optional });
    else {
      edge.parameters.push(parameter);
      edge.optional &&= optional;
    }
  }
  const edges: DrawnEdge[] = [];
  for (const [source, { parameters, optional }] of bySource) {
    const from = nodes.get(source);
    // Hidden inputs take their edges with them.
    if (from === undefined || to === undefined) continue;
    const ownName = source.slice(source.lastIndexOf('.') + 1);
    const renamed = parameters.some((parameter) => parameter !== source && parameter !== ownName);
    const label = shorten(plainLine(parameters.join(', ')), edgeLabelLimit);
    edges.push({ from, to, optional, label: renamed && label !== '' ? label : undefined });
  }
  return edges;
}

function drawGroup(
  group: NameGroup,
  nodes: ReadonlyMap<string, DrawnNode>,
  nameGroup: (name: string) => string,
): DrawnGroup {
  return {
    id: nameGroup(group.path),
    label: shorten(plainLine(group.label), nameLimit),
    nodes: group.members.flatMap(({ name }) => nodes.get(name) ?? []),
    groups: group.groups.map((inner) => drawGroup(inner, nodes, nameGroup)),
  };
}

function relativeLabels(group: NameGroup): Map<string, string> {
  const labels = new Map(group.members.map(({ name, label }) => [name, label]));
  for (const inner of group.groups) {
    for (const [name, label] of relativeLabels(inner)) labels.set(name, label);
  }
  return labels;
}

function legendFor(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): LegendEntry[] {
  const kinds = new Set(nodes.map(({ kind }) => kind));
  const entries: LegendEntry[] = kindOrder.filter((kind) => kinds.has(kind));
  if (nodes.some(({ isOutput }) => isOutput)) entries.push('output');
  if (edges.some(({ optional }) => optional)) entries.push('optional');
  return entries;
}
