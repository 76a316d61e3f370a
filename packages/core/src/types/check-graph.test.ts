/** What CheckGraph costs the compiler. Counted, not timed: type instantiations do not depend on the machine. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('./', import.meta.url));
const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Checks a graph of so many nodes with up to three inputs each. */
function check(count: number, wrongNode?: number) {
  const nodes = Array.from({ length: count }, (_, index) => {
    const sources = [...new Set([index - 1, index >> 1, index - 7])].filter((source) => source >= 0);
    const names = sources.map((source) => `n${source}`);
    const types = names.map(
      (name) => `${name}: ${index === wrongNode ? 'Date' : '{ id: string; n: number }'}`,
    );
    return `export const n${index} = async (
      { ${[...names, 'x = 1'].join(', ')} }: { ${[...types, 'x?: number'].join('; ')} },
    ): Promise<{ id: string; n: number }> => ({ id: 'a', n: [x, ${names.join(', ')}].length });`;
  });
  const files = new Map([
    [`${here}cost-nodes.ts`, nodes.join('\n')],
    [
      `${here}cost-check.ts`,
      `import type { CheckGraph } from './check-graph.js';
       import type * as m from './cost-nodes.js';
       export const checked: CheckGraph<typeof m, { inputs: { x: number } }> = true;`,
    ],
  ]);
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, target) => {
    const text = files.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, target);
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, target));
    return parsed.get(file);
  };
  const program = ts.createProgram([`${here}cost-check.ts`], options, host);
  const source = program.getSourceFile(`${here}cost-check.ts`);
  const messages = program
    .getSemanticDiagnostics(source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  return { messages, instantiations: program.getInstantiationCount() };
}

test('each further node costs at most 700 type instantiations', () => {
  const small = check(50);
  const large = check(150);
  expect([small.messages, large.messages]).toEqual([[], []]);
  expect((large.instantiations - small.instantiations) / 100).toBeLessThan(700);
});

test('one wrong node of many is found', () => {
  const { messages } = check(50, 40);
  expect(messages).toHaveLength(1);
  for (const source of [39, 20, 33]) expect(messages[0]).toContain(`"n${source} -> n40"`);
});
