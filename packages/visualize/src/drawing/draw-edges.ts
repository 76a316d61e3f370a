import { shorten } from '@flowerpower/core';
import type { Dependency, Graph, GraphNode } from '@flowerpower/core';
import type { DrawnEdge, DrawnNode, Flow } from './drawing.js';
import { plainLine } from './plain-text.js';

const edgeLabelLimit = 40;

/**
 * One edge for each node that `node` depends on, however many parameters receive its value; a second one where it
 * takes both an item and all items. Hidden inputs take their edges with them.
 */
export function drawEdges(
  node: GraphNode,
  { nodes: all }: Graph,
  shown: ReadonlyMap<string, DrawnNode>,
): DrawnEdge[] {
  const together = new Map<string, Dependency[]>();
  for (const edge of node.dependencies) {
    const key = JSON.stringify([edge.node, edge.collect === undefined]);
    const edges = together.get(key);
    if (edges === undefined) together.set(key, [edge]);
    else edges.push(edge);
  }
  const to = shown.get(node.name);
  return [...together.values()].flatMap((edges): DrawnEdge[] => {
    const source = edges[0]?.node ?? '';
    const from = shown.get(source);
    if (from === undefined || to === undefined) return [];
    const parameters = node.branch === undefined ? renamed(node, edges, source) : undefined;
    const notes = [...edges.flatMap((edge) => choiceNotes(node, edge)), ...collectNotes(edges)];
    const label = [...(parameters === undefined ? [] : [parameters]), ...notes].join(' · ');
    return [
      {
        from,
        to,
        flow: flowOf(edges, all.get(source)),
        optional: edges.every(({ optional }) => optional),
        isChoice: edges.some(({ parameter }) => parameter === node.branch?.on),
        parameters,
        notes,
        label: label === '' ? undefined : shorten(label, edgeLabelLimit),
      },
    ];
  });
}

function flowOf(edges: readonly Dependency[], source: GraphNode | undefined): Flow {
  if (edges.some(({ collect }) => collect !== undefined)) return 'all';
  return source?.fanOut === undefined ? 'one' : 'each';
}

/** The parameters that receive the value, unless they are all named like the node, or not by the user. */
function renamed({ derived }: GraphNode, edges: readonly Dependency[], source: string): string | undefined {
  const ownName = source.slice(source.lastIndexOf('.') + 1);
  const parameters = edges.map(({ parameter }) => parameter);
  if (parameters.every((name) => name === source || name === ownName)) return undefined;
  // Modifiers name parameters of their own with a dot, which no parameter of a function has.
  if (derived === true && parameters.every((name) => name.includes('.'))) return undefined;
  const names = plainLine(parameters.join(', '));
  return names === '' ? undefined : shorten(names, edgeLabelLimit);
}

/** What an edge into a branch is for: it chooses, or it is taken for some values. */
function choiceNotes({ branch }: GraphNode, { parameter }: Dependency): string[] {
  if (branch === undefined) return [];
  const cases = Object.keys(branch.cases)
    .filter((text) => branch.cases[text] === parameter)
    .map((text) => plainLine(text) || '""');
  return [
    ...(parameter === branch.on ? ['chooses'] : []),
    ...(cases.length === 0 ? [] : [cases.join(', ')]),
    ...(parameter === branch.otherwise ? ['otherwise'] : []),
  ];
}

function collectNotes(edges: readonly Dependency[]): string[] {
  const collects = edges.flatMap(({ collect }) => collect ?? []);
  return [
    ...(collects.some(({ as }) => as !== 'array') ? ['as a stream'] : []),
    ...(collects.some(({ onItemError }) => onItemError === 'collect') ? ['failed ones too'] : []),
  ];
}
