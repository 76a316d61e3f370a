/**
 * Keeps what came from the environment out of pictures, exports and messages. Each value of the configuration knows
 * where it comes from, so in a graph exactly those are replaced, by the reference that gave them, however short they are:
 * a number as `10` too. A message is free text: there a text is recognised by itself, from six characters on. Replacing
 * `abc` or `10` wherever it stands would make messages unreadable, and tell by its places what it is. In a message the
 * name of the variable stands in angle brackets: `${API_TOKEN}` in a log looks like a template that nobody filled in.
 * What everybody sees anyway, our own words and the names and files of the project, is never replaced in a message.
 * A path that was made of a text is not that text any more, so it is also recognised as paths and URIs spell it. What is
 * printed is mostly printed line by line, and quoted in many ways: so is a text of several lines recognised.
 */
import type { EnvironmentText, EnvironmentValue } from '@flowerpower/config';
import type { Graph, GraphNode } from '@flowerpower/core';
import { isOwnWord } from './own-words.js';
import { isInPath, minLength, type Spellings, spellingsOf } from './path-spellings.js';

export interface Mask {
  /** A message with each text of six characters or more from the environment replaced by its variable: `<API_TOKEN>`. */
  text(message: string): string;
  /** A text of what a run gives, with each secret of six characters or more replaced: `<secret:API_TOKEN>`. */
  secrets(text: string): string;
  /** True for a value, or a text that holds one, that came from the environment. */
  hides(value: unknown): boolean;
  /** A graph as it may be shown: the same nodes and edges. */
  graph(graph: Graph): Graph;
}

/**
 * @param visible - texts that everybody sees, such as the project's folder and the names of its nodes: in a message, a
 *   part of one is no secret. Looked at for each message, so the list may grow.
 */
export function createMask(values: readonly EnvironmentValue[], visible: readonly string[]): Mask {
  const shownOf = new Map(values.map(({ value, shown }) => [value, shown]));
  const given = values.flatMap(({ texts }) =>
    texts.map((each): Spelled => ({ ...each, spellings: spellingsOf(each.text) })),
  );
  const text = messageMask(given, visible);
  const secrets = messageMask(
    given.filter(({ isSecret }) => isSecret),
    visible,
  );
  const anywhere = longestFirst(given, 'anywhere');
  const [root = ''] = visible;
  const inValues = anywhere.filter((each) => !root.includes(each.text));
  const written = (value: string) =>
    inValues.reduce((masked, each) => masked.replaceAll(each.text, () => each.reference), value);

  // Modifiers make nodes of other names, so a bound value is recognised by its parameter.
  const bound = values
    .filter(({ path }) => path[0] === 'params')
    .map(({ path, ...each }) => ({ ...each, path: path.slice(2) }));
  /** @param path - from the parameter on. */
  const shown = (value: unknown, path: readonly string[]): unknown => {
    const exact = bound.find((each) => isSame(each.path, path) && each.value === value);
    if (exact) return exact.shown;
    if (typeof value === 'string') return shownOf.get(value) ?? written(value);
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
    bound: shown(node.bound, []) as GraphNode['bound'],
    // The description of a loader or saver names its path.
    doc:
      node.doc &&
      ofIo.reduce((doc, each) => doc.replaceAll(String(each.value), () => each.shown), written(node.doc)),
  });
  return {
    text,
    secrets,
    hides: (value) => shownOf.has(value) || (typeof value === 'string' && written(value) !== value),
    graph: (graph) =>
      values.length === 0
        ? graph
        : { ...graph, nodes: new Map([...graph.nodes].map(([name, node]) => [name, shownNode(node)])) },
  };
}

interface Spelled extends EnvironmentText {
  readonly spellings: Spellings;
}

function messageMask(given: readonly Spelled[], visible: readonly string[]): (message: string) => string {
  const anywhere = longestFirst(given, 'anywhere');
  const names = longestFirst(given, 'names');
  const isHidden = ({ text }: EnvironmentText) =>
    !isOwnWord(text) && !visible.some((each) => each.includes(text));
  return (message) => {
    const masked = anywhere
      .filter((each) => message.includes(each.text) && isHidden(each))
      .reduce((rest, each) => rest.replaceAll(each.text, () => named(each.reference)), message);
    return names
      .filter((each) => masked.includes(each.text) && isHidden(each))
      .reduce(
        (rest, each) =>
          rest.replaceAll(each.text, (name, at: number) =>
            isInPath(rest, at) ? named(each.reference) : name,
          ),
        masked,
      );
  };
}

/** The spellings of texts, the longest first: one may be a part of another. */
function longestFirst(texts: readonly Spelled[], where: keyof Spellings): EnvironmentText[] {
  return texts
    .flatMap(({ reference, spellings }) => spellings[where].map((text) => ({ text, reference })))
    .sort((a, b) => b.text.length - a.text.length);
}

/** `${API_TOKEN}` → `<API_TOKEN>` */
function named(reference: string): string {
  return reference.replace(/^\$\{(.*)\}$/, '<$1>');
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index]);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
