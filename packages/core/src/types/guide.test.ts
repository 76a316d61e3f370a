/** Compiles the examples of docs/guide/types.md; what the compiler says of one stands below it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';

const guide = readFileSync(new URL('../../../../docs/guide/types.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/```ts\n(.*?)```(?:\n\n```text\n(.*?)```)?/gs)].map(
  ([, code, said], index) => ({ number: index + 1, code: code!, said: said ?? '' }),
);
const fileOf = (number: number) => fileURLToPath(new URL(`./guide-example-${number}.ts`, import.meta.url));

let program: ts.Program;
beforeAll(() => {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@flowerpower/source'],
    types: ['node'],
  };
  const files = new Map(examples.map(({ number, code }) => [fileOf(number), code]));
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, target) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, target) : ts.createSourceFile(file, text, target);
  };
  program = ts.createProgram([...files.keys()], options, host);
});

test('there are examples that compile and examples that do not', () => {
  expect(examples.filter(({ said }) => said === '').length).toBeGreaterThan(1);
  expect(examples.filter(({ said }) => said !== '').length).toBeGreaterThan(1);
});

test.each(examples)('example $number', ({ number, said }) => {
  const source = program.getSourceFile(fileOf(number));
  const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const messages = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(messages.join('\n')).toBe(said.trim());
});
