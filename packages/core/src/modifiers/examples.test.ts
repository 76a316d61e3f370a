/**
 * Runs the examples of docs/reference/modifiers.md and of the modifiers' docstrings. Where a statement is
 * followed by a comment that holds a value, the statement must give that value.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import * as core from '../index.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const codeBlocks = (text: string) => [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!);

/** The number of statements whose values were compared. */
async function runExample(code: string): Promise<number> {
  let compared = 0;
  const same = (actual: unknown, expected: unknown) => {
    compared++;
    expect(actual).toEqual(expected);
  };
  const comparing = code.replace(
    /^(?!const|import|export|\/\/)(\w.*);\s*\/\/ ([[{'\d].*)$/gm,
    'same($1, $2);',
  );
  const { outputText } = ts.transpileModule(comparing, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const load = (name: string) => {
    if (name !== '@flowerpower/core') throw new Error(`The example imports ${name}.`);
    return core;
  };
  const run = new Function('require', 'exports', 'same', `return (async () => {${outputText}})()`) as (
    ...given: readonly unknown[]
  ) => Promise<void>;
  await run(load, {}, same);
  return compared;
}

const page = codeBlocks(read('../../../../docs/reference/modifiers.md'));
const files = [
  'draft/group',
  'draft/value',
  'fan-out/collect',
  'fan-out/parallelizable',
  'materialize/data-loader',
  'materialize/data-saver',
  'materialize/load-from',
  'materialize/load-node',
  'materialize/save-node',
  'materialize/save-to',
  'modifiers/extract/extract-columns',
  'modifiers/extract/extract-fields',
  'modifiers/extract/unpack-fields',
  'modifiers/notes/run-on',
  'modifiers/notes/schema',
  'modifiers/notes/tag-outputs',
  'modifiers/pipe/mutate',
  'modifiers/pipe/pipe-input',
  'modifiers/pipe/pipe-output',
  'modifiers/pipe/step',
  'modifiers/subgraph/parameterized-subdag',
  'modifiers/subgraph/subdag',
  'modifiers/subgraph/with-columns',
  'branch/branch',
  'modifiers/variants/exclude',
  'modifiers/variants/inject',
  'modifiers/variants/parameterize',
  'modifiers/variants/predicate',
  'modifiers/variants/resolve',
  'retry/retry',
  'retry/timeout',
];
const docstrings = files.flatMap((file) =>
  codeBlocks(read(`../${file}.ts`).replace(/^ \* ?/gm, '')).map((code) => [file, code] as const),
);

test.each(page.map((code, index) => [index + 1, code] as const))(
  'example %i of the page',
  async (_, code) => {
    expect(await runExample(code)).toBeGreaterThan(0);
  },
);

test.each(docstrings)('the docstring of %s', async (_, code) => {
  expect(await runExample(code)).toBeGreaterThan(0);
});

test('every file that is named has an example', () => {
  expect(new Set(docstrings.map(([file]) => file))).toEqual(new Set(files));
});

test('the page names every modifier that is exported', () => {
  const text = read('../../../../docs/reference/modifiers.md');
  const exported = [...read('../index.ts').matchAll(/export \{([^{}]*)\} from '.\/(.*)\.js'/g)]
    .filter(([, , file]) => /^(modifiers|draft)\//.test(file!) || files.includes(file!))
    .flatMap(([, names]) => names!.split(','))
    .map((name) => name.trim())
    .filter((name) => /^[a-z]/.test(name) && !name.startsWith('type '));
  expect(exported.length).toBeGreaterThan(files.length);
  expect(exported.filter((name) => !text.includes(`\`${name}`))).toEqual([]);
});
