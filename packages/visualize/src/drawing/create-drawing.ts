import { fanOutsAround, type Graph, shorten } from '@flowerpower/core';
import { checkOrient, checkOutputs } from './check-options.js';
import { drawEdges } from './draw-edges.js';
import { drawNode, nameLimit, shownName } from './draw-node.js';
import type { DrawnGroup, DrawnNode, Drawing } from './drawing.js';
import { createNamer } from './drawn-id.js';
import { foldLoads } from './fold-loads.js';
import { type Group, groupNodes } from './groups.js';
import { legendFor } from './legend.js';
import { findLooks } from './look.js';
import type { DrawOptions } from './options.js';
import { plainLine } from './plain-text.js';

/** Decides what a drawing of a graph shows. Throws FP_VISUALIZE_UNKNOWN_OUTPUT and FP_VISUALIZE_INVALID_OPTION. */
export function createDrawing(whole: Graph, options: DrawOptions = {}): Drawing {
  const orient = checkOrient(options.orient ?? 'LR');
  const outputs = checkOutputs(whole, options.outputs ?? []);
  const graph = foldLoads(whole, outputs);
  const shown = [...graph.nodes.values()].filter(
    (node) => !(options.hideInputs === true && node.kind === 'input' && !outputs.has(node.name)),
  );
  const scopes = fanOutsAround(graph);
  const looks = findLooks(graph);
  const names = shown.map(({ name }) => name);
  const groups = groupNodes(names, scopes);
  const labels = relativeLabels(groups);
  const nameNode = createNamer('n_');
  const nodes = new Map(
    shown.map((node) => {
      const { name } = node;
      const drawn = drawNode(node, {
        id: nameNode(name),
        label: labels.get(name) ?? name,
        look: looks.get(name) ?? node.kind,
        isOutput: outputs.has(name),
        scope: scopes.get(name) ?? [],
      });
      return [name, drawn];
    }),
  );
  const edges = shown.flatMap((node) => drawEdges(node, graph, nodes));
  const drawn = [...nodes.values()];
  return {
    title: plainLine(options.title ?? '') || undefined,
    orient,
    nodes: drawn,
    edges,
    root: drawGroup(groups, graph, nodes, { namespace: createNamer('ns_'), fanOut: createNamer('each_') }),
    legend: options.showLegend === false ? [] : legendFor(drawn, edges),
  };
}

function drawGroup(
  group: Group,
  graph: Graph,
  nodes: ReadonlyMap<string, DrawnNode>,
  namers: Readonly<Record<Group['kind'], (name: string) => string>>,
): DrawnGroup {
  const { kind, path } = group;
  return {
    id: namers[kind](path),
    kind,
    label: kind === 'namespace' ? shorten(plainLine(group.label), nameLimit) : fanOutLabel(group, graph),
    nodes: group.members.flatMap(({ name }) => nodes.get(name) ?? []),
    groups: group.groups.map((inner) => drawGroup(inner, graph, nodes, namers)),
  };
}

function fanOutLabel({ label, path }: Group, graph: Graph): string {
  const concurrency = graph.nodes.get(path)?.fanOut?.concurrency;
  const limit = concurrency === undefined ? '' : `, ${concurrency} at once`;
  return `for each ${shorten(shownName(label), nameLimit)}${limit}`;
}

function relativeLabels(group: Group): Map<string, string> {
  const labels = new Map(group.members.map(({ name, label }) => [name, label]));
  for (const inner of group.groups) {
    for (const [name, label] of relativeLabels(inner)) labels.set(name, label);
  }
  return labels;
}
