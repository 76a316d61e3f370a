/**
 * Keeps what came from the environment out of pictures, exports and messages. Each value of the configuration knows
 * where it comes from, so in a graph exactly those are replaced, by the reference that gave them. A message is free
 * text: there a text is recognised by itself, when it is long enough to mean something.
 */
import type { EnvironmentValue } from '@flowerpower/config';
import type { Graph, GraphNode } from '@flowerpower/core';

/** A shorter text would be found inside ordinary words. */
const minLength = 6;

export interface Mask {
  /** A message with each text from the environment replaced by its reference. */
  text(message: string): string;
  /** True for a value, or a text that holds one, that came from the environment. */
  hides(value: unknown): boolean;
  /** A graph as it may be shown: the same nodes and edges. */
  graph(graph: Graph): Graph;
}

/** @param visible - a text that everybody sees, such as the project's folder: what is a part of it is not a secret. */
export function createMask(values: readonly EnvironmentValue[], visible: string): Mask {
  const shownOf = new Map(values.map(({ value, shown }) => [value, shown]));
  const texts = values
    .flatMap((value) => value.texts)
    .filter(({ text }) => text.length >= minLength && !visible.includes(text))
    // A text may be a part of another.
    .sort((a, b) => b.text.length - a.text.length);
  const text = (message: string) =>
    texts.reduce((masked, each) => masked.replaceAll(each.text, each.reference), message);

  const shown = (value: unknown, path: readonly string[]): unknown => {
    const here = values.filter((each) => startsWith(each.path, path));
    const exact = here.find((each) => each.path.length === path.length && each.value === value);
    if (exact) return exact.shown;
    if (typeof value === 'string') return shownOf.get(value) ?? text(value);
    // Of numbers many are equal by chance.
    if (typeof value === 'number' && String(value).length >= minLength) return shownOf.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => shown(item, path));
    return isPlain(value)
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner, [...path, key])]))
      : value;
  };
  const ofIo = values.filter(
    ({ path, value }) => path[0] === 'io' && typeof value === 'string' && value !== '',
  );
  const shownNode = (node: GraphNode): GraphNode => ({
    ...node,
    bound: shown(node.bound, ['params', node.name]) as GraphNode['bound'],
    // The description of a loader or saver names its path.
    doc:
      node.doc && ofIo.reduce((doc, each) => doc.replaceAll(String(each.value), each.shown), text(node.doc)),
  });
  return {
    text,
    hides: (value) => shownOf.has(value) || (typeof value === 'string' && text(value) !== value),
    graph: (graph) =>
      values.length === 0
        ? graph
        : { ...graph, nodes: new Map([...graph.nodes].map(([name, node]) => [name, shownNode(node)])) },
  };
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((key, index) => path[index] === key);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
