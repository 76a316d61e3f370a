/**
 * The shadow program: the graph as straight-line code, one edge per line. TypeScript's own checker then judges each
 * edge as it would judge the call written by hand, with generics, overloads, promises and optional parameters. What
 * modifiers made is judged by the types of the definition that they left.
 */
import type { LineSubject } from './line-subject.js';
import { type ShadowFacts, shadowFacts, type ShadowOptions } from './shadow-facts.js';
import type { ShadowNode } from './shadow-nodes.js';
import { createShadowText, type ShadowText } from './shadow-text.js';
import { writeCall } from './write-call.js';
import { writeHeader } from './write-header.js';
import { writeMade } from './write-made.js';
import { writeSaved } from './write-saved.js';
import { writeValues } from './write-values.js';

export interface ShadowProgram {
  readonly text: string;
  /** What a line is about, by line number counted from 1. The other lines are our own. */
  readonly subjects: ReadonlyMap<number, LineSubject>;
  readonly nodes: ReadonlyMap<string, ShadowNode>;
}

export function writeShadowProgram(options: ShadowOptions): ShadowProgram {
  const facts = shadowFacts(options);
  const text = createShadowText();
  writeHeader(facts, text);
  writeValues(facts, text);
  writeNodes(facts, text);
  return { text: `${text.lines.join('\n')}\n`, subjects: text.subjects, nodes: facts.nodes };
}

/**
 * For each variable the compiler walks back to where it was assigned, but not out of a function declaration. So a
 * long program is cut into functions, each within the one before; their number is bounded, for parsers recurse.
 */
function writeNodes(facts: ShadowFacts, text: ShadowText): void {
  const { written, saved } = facts;
  const { write } = text;
  const nodesPerFunction = Math.max(50, Math.ceil(written.length / 100));
  written.forEach((node, index) => {
    if (index === 0) write('export async function check(): Promise<void> {');
    else if (index % nodesPerFunction === 0) write('async function next(): Promise<void> {');
    if (node.how === 'called') writeCall(facts, text, node);
    else writeMade(facts, text, node);
  });
  for (const node of saved) writeSaved(facts, text, node);
  write('}'.repeat(Math.ceil(written.length / nodesPerFunction)));
}
