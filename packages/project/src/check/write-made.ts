/** The lines of a node that a modifier made: its edges, judged by the types of the definition. */
import type { Dependency } from '@flowerpower/core';
import { expressionOf, propertyName, subjectOf } from './edge-expression.js';
import type { LineSubject } from './line-subject.js';
import type { ShadowFacts } from './shadow-facts.js';
import type { Made } from './shadow-nodes.js';
import type { ShadowText } from './shadow-text.js';

export function writeMade(facts: ShadowFacts, text: ShadowText, made: Made): void {
  const { write } = text;
  const { node } = made;
  for (const dependency of made.dependencies) writeMadeEdge(facts, text, made, dependency);
  if (node.branch === undefined) return;
  const { cases, otherwise } = node.branch;
  const sides = new Set([...Object.values(cases), ...(otherwise === undefined ? [] : [otherwise])]);
  const types = node.dependencies
    .filter(({ parameter }) => sides.has(parameter))
    .map((dependency) => `typeof ${facts.variables.get(dependency.node)}`);
  write(`  const ${facts.variables.get(node.name)} = given as ${types.join(' | ')};`, { kind: 'call', node });
}

/** The types of a definition know inputs by the node that gives them. */
function writeMadeEdge(facts: ShadowFacts, text: ShadowText, taker: Made, dependency: Dependency): void {
  const { write } = text;
  const { node, definition } = taker;
  const names = [node.name, dependency.node].map((name) => JSON.stringify(name)).join(', ');
  const input = `I${definition}, M${definition}s, ${names}`;
  const subject: LineSubject = { kind: 'call', node };
  write(`  void knows<KnowsInput<${input}>>();`, { kind: 'gap', node, dependency });
  write(`  takes<Taken<${input}>>({`, subject);
  const parameter = { dependency, bound: false };
  write(
    `    ${propertyName(dependency.node)}: ${expressionOf(facts, taker, parameter)},`,
    subjectOf(facts, taker, parameter),
  );
  write('  });', subject);
}
