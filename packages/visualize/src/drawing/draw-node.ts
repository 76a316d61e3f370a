import { shorten } from '@flowerpower/core';
import type { GraphNode } from '@flowerpower/core';
import type { DrawnNode } from './drawing.js';
import { plainLine, plainLines } from './plain-text.js';
import { previewValue } from './preview-value.js';

export const nameLimit = 48;
const typeLimit = 40;
const parameterLimit = 32;

/** `place`: what depends on the graph around the node. */
export function drawNode(
  node: GraphNode,
  place: Pick<DrawnNode, 'id' | 'label' | 'look' | 'isOutput'> & { readonly scope: readonly string[] },
): DrawnNode {
  const fullName = shownName(node.name);
  const type = plainLine(node.type ?? '') || undefined;
  const doc = plainLines(node.doc ?? '') || undefined;
  const heading = type === undefined ? fullName : `${fullName}: ${type}`;
  return {
    ...place,
    label: shorten(shownName(place.label), nameLimit),
    fullName,
    scope: place.scope.map(shownName),
    // Every check gives the same type, which its look says.
    type: type === undefined || place.look === 'check' ? undefined : shorten(type, typeLimit),
    notes: [...boundNotes(node), ...cacheNotes(node)],
    doc,
    tooltip: doc === undefined ? heading : `${heading}\n\n${doc}`,
  };
}

/** A name on one line. */
export function shownName(name: string): string {
  return plainLine(name) || '(no name)';
}

function boundNotes({ bound }: GraphNode): string[] {
  return Object.entries(bound).map(
    ([parameter, value]) => `${shorten(plainLine(parameter), parameterLimit)} = ${previewValue(value)}`,
  );
}

function cacheNotes({ cache = 'default' }: GraphNode): string[] {
  return cache === 'default' ? [] : [`cache: ${cache}`];
}
