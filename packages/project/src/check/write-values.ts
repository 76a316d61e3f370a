/** The values that the lines of nodes take: those of definitions, and those from outside. */
import { isTyped, type ShadowFacts } from './shadow-facts.js';
import type { LoadedValue, Made, ReadDefinition } from './shadow-nodes.js';
import type { ShadowText } from './shadow-text.js';
import { sharedTypes } from './shadow-types.js';

export function writeValues(facts: ShadowFacts, text: ShadowText): void {
  for (const definition of facts.definitions) writeDefinition(text, definition);
  for (const node of facts.written) if (node.how === 'made') writeMadeValue(facts, text, node);
  for (const loaded of facts.loaded) {
    writeLoadedType(facts, text, loaded);
    writeUntold(facts, text, loaded);
  }
  writeOpenValues(facts, text);
}

/** A type that the loader tells wrongly is not a problem of the project: what depends on it is not checked then. */
function writeLoadedType(
  { variables }: ShadowFacts,
  { write }: ShadowText,
  { node, type, schema }: LoadedValue,
): void {
  const variable = variables.get(node.name)!;
  write(`type T_${variable} = ${type};`, { kind: 'gap', node });
  if (schema === undefined) return;
  const { given, wanted } = schema;
  const dependency = { parameter: 'schema', node: node.name, optional: false };
  const gap = { kind: 'gap', node, dependency } as const;
  write(`type L_${variable} = Loaded<${given}, ${wanted}>;`, gap);
  write(`  validates<${wanted}>(`);
  write(`    given as Clashing<L_${variable}, ${wanted}>,`, {
    kind: 'schema',
    node,
    dependency,
    schema: schema.name,
  });
  write('  );');
}

/** Who takes of it what only the data tells. */
function writeUntold(
  { variables, wants }: ShadowFacts,
  { write }: ShadowText,
  { node: loader }: LoadedValue,
): void {
  for (const { node, dependency, type } of wants.get(loader.name) ?? []) {
    write(`void tells<Tells<T_${variables.get(loader.name)}, ${type}>>();`, {
      kind: 'gap',
      node,
      dependency,
    });
  }
}

function writeDefinition({ write }: ShadowText, { number, module, exportName, node }: ReadDefinition): void {
  const all = `typeof ${module.alias}`;
  const name = JSON.stringify(exportName);
  const types = [
    `D${number} = Pick<${all}, ${name}>`,
    `M${number}s = Mutations<${all}, ${name}>`,
    `N${number} = NodesMade<D${number}>`,
    `R${number} = NodesMutated<D${number}, M${number}s>`,
    `I${number} = InputsTaken<D${number}>`,
  ];
  write(types.map((type) => `type ${type};`).join(' '), { kind: 'call', node });
}

function writeMadeValue(
  { variables }: ShadowFacts,
  { write }: ShadowText,
  { node, definition, madeFrom }: Made,
): void {
  const variable = variables.get(node.name)!;
  if (node.branch !== undefined) return;
  const names = [node.name, ...madeFrom].map((name) => JSON.stringify(name)).join(' | ');
  const key = `N${definition}, R${definition}, ${JSON.stringify(node.name)}, ${names}`;
  if (node.fanOut === undefined) write(`declare const ${variable}: Given<${key}>;`);
  // The types give a fanned out node as what a run gives: the list of its items.
  else write(`declare const ${variable}: Given<${key}> extends infer L ? ItemOf<L> : never;`);
  write(`void knows<KnowsNode<${key}>>();`, { kind: 'gap', node });
}

/** Values without a static type, and what the functions that share one want of it. */
function writeOpenValues(
  { nodes, variables, wants, literals }: ShadowFacts,
  { write, writeLines }: ShadowText,
): void {
  let typesWritten = false;
  for (const [name, takers] of wants) {
    if (isTyped(nodes, name) || literals.has(name)) continue;
    write(`declare const ${variables.get(name)}: any;`);
    if (takers.length < 2) continue;
    if (!typesWritten) writeLines(sharedTypes);
    typesWritten = true;
    takers.forEach((taker, index) => {
      const before = `${variables.get(name)}_${index}`;
      const after = `${variables.get(name)}_${index + 1}`;
      if (index === 0) return write(`type ${after} = ${taker.type};`, { kind: 'call', node: taker.node });
      const { node, dependency } = taker;
      write(`type ${after} = Both<${before}, ${taker.type}>; wants<${taker.type}>(given as ${after});`, {
        kind: 'shared',
        node,
        dependency,
        others: takers.slice(0, index),
      });
    });
  }
}
