/** Runs the examples of the docstrings here and of the README. A comment that holds a value is compared with it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@flowerpower/core';
import * as fs from '@flowerpower/fs';
import ts from 'typescript';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as io from '../index.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flowerpower-io-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** What the example logged, and how many values were compared. Relative roots are below `root`. */
async function runExample(code: string): Promise<{ logged: unknown[]; compared: number }> {
  let compared = 0;
  const logged: unknown[] = [];
  const same = (actual: unknown, expected: unknown) => {
    compared++;
    expect(actual).toEqual(expected);
  };
  const comparing = code.replace(/^(?!const|import|console)(\w.*);\s*\/\/ ([[{'\d].*)$/gm, 'same($1, $2);');
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(comparing, { compilerOptions });
  const local = (options: { readonly root: string }) =>
    fs.createLocalFileSystem({ root: join(root, options.root) });
  const packages: Readonly<Record<string, unknown>> = {
    '@flowerpower/core': core,
    '@flowerpower/fs': { ...fs, createLocalFileSystem: local },
    '@flowerpower/io': io,
  };
  const console = { log: (...values: unknown[]) => logged.push(...values) };
  const run = new Function(
    'require',
    'exports',
    'same',
    'console',
    `return (async () => {${outputText}})()`,
  ) as (...given: readonly unknown[]) => Promise<void>;
  await run((name: string) => packages[name], {}, same, console);
  return { logged, compared };
}

const codeBlocks = async (file: string) => {
  const text = await readFile(new URL(file, import.meta.url), 'utf8');
  const code = file.endsWith('.ts') ? text.replace(/^ \* ?/gm, '') : text;
  return [...code.matchAll(/```ts\n(.*?)```/gs)].map(([, block]) => block!);
};

test.each([
  ['./bind-format.ts', 2],
  ['./create-materializers.ts', 3],
  ['./file-resources.ts', 1],
  ['../rows/load-rows.ts', 1],
  ['../rows/row-batches.ts', 1],
  ['../target/save-chunks.ts', 1],
])('the docstrings of %s', async (file, count) => {
  const blocks = await codeBlocks(file);
  expect(blocks).toHaveLength(count);
  for (const block of blocks) expect((await runExample(block)).compared).toBeGreaterThan(0);
});

test('the README', async () => {
  const [formats, graph] = await codeBlocks('../../README.md');
  expect((await runExample(formats!)).logged).toEqual([
    1,
    expect.any(String),
    [{ region: 'north', total: 3 }],
  ]);
  const { logged } = await runExample(graph!);
  expect(logged).toEqual([7, expect.stringMatching(/^file:\/\/.*\/data\/total\.json$/)]);
});
