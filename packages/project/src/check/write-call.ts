/** The lines of a node that is called: the call, one edge per line. */
import { expressionOf, propertyName, subjectOf } from './edge-expression.js';
import type { LineSubject } from './line-subject.js';
import type { Call, Parameter } from './shadow-calls.js';
import type { ShadowFacts } from './shadow-facts.js';
import type { ShadowText } from './shadow-text.js';

export function writeCall(facts: ShadowFacts, text: ShadowText, call: Call): void {
  const { write } = text;
  const { node, callee, parameters } = call;
  const isObject = node.style === 'object';
  const subject: LineSubject = { kind: 'call', node };
  const variable = facts.variables.get(node.name)!;
  const result = node.fanOut === undefined ? variable : `list_${variable}`;
  write(`  const ${result} = await ${callee}(${isObject ? '{' : ''}`, subject);
  for (const parameter of parameters) {
    const key = isObject ? `${propertyName(parameter.dependency.parameter)}: ` : '';
    write(`    ${key}${expressionOf(facts, call, parameter)},`, subjectOf(facts, call, parameter));
  }
  if (isObject) write('    },', subject);
  writeContext(text, call);
  write('  );', subject);
  if (node.fanOut !== undefined) write(`  const ${variable} = given as ItemOf<typeof ${result}>;`, subject);
  if (!isObject) for (const parameter of parameters.slice(1)) writeAlone(facts, text, call, parameter);
}

/** TypeScript stops at the first argument that does not fit: a later one is judged with the others left open. */
function writeAlone(facts: ShadowFacts, text: ShadowText, call: Call, parameter: Parameter): void {
  const { write } = text;
  const { node, callee, parameters } = call;
  const subject: LineSubject = { kind: 'call', node, alone: true };
  const index = parameters.indexOf(parameter);
  write(`  void ${callee}(${'given, '.repeat(index)}`.trimEnd(), subject);
  write(`    ${expressionOf(facts, call, parameter)},`, {
    ...subjectOf(facts, call, parameter),
    alone: true,
  });
  if (index < parameters.length - 1) {
    write(`    ${'given, '.repeat(parameters.length - 1 - index)}`.trimEnd(), subject);
  }
  writeContext(text, call, true);
  write('  );', subject);
}

function writeContext(
  { write }: ShadowText,
  { node, type, parameters, mayTakeContext }: Call,
  alone = false,
): void {
  if (!mayTakeContext) return;
  const inputs = node.style === 'object' ? ['unknown'] : parameters.map(() => 'unknown');
  write(`    ...(given as Context<${type}, [${inputs.join(', ')}]>),`, { kind: 'context', node, alone });
}
