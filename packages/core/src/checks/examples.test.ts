/**
 * Runs the examples of the guide and of the doc comments in this folder, and compares what each states: the value in
 * the comment behind an expression, or in the comment lines below it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';

type Same = (value: unknown, stated: unknown) => void;

const here = new URL('./', import.meta.url);
const guide = new URL('../../../../docs/guide/data-quality.md', import.meta.url);
const core = fileURLToPath(new URL('../index.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'flowerpower-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const examples = [
  ...examplesOf('guide', readFileSync(guide, 'utf8')),
  ...readdirSync(here)
    .filter((file) => !file.includes('.test'))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, here), 'utf8');
      return examplesOf(file.replace('.ts', ''), text.replaceAll(/^ \* ?/gm, ''));
    }),
];

function examplesOf(where: string, text: string) {
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code], index) => ({
    name: `${where}-${index + 1}`,
    code: code!,
  }));
}

/** The example as a module whose default export takes `same` and calls it for each value stated. */
function asModule(code: string): string {
  const compared = code
    .replaceAll(/^( *)(?!const |import |return )([^\s/}].*); \/\/ (.+)$/gm, '$1same(($2), ($3));')
    .replaceAll(
      /^( *)(?!const |import |return )([^\s/}].*);\n((?: *\/\/ .*\n)+)/gm,
      (_, indent: string, expression: string, comment: string) =>
        `${indent}same((${expression}), (${comment.replaceAll(/^ *\/\/ /gm, '')}));\n`,
    );
  const start = compared.search(/^(?!import )/m);
  const imports = compared.slice(0, start).replaceAll("'@flowerpower/core'", JSON.stringify(core));
  return `${imports}\nexport default function (same) {\n${compared.slice(start)}\n}\n`;
}

test.each(examples)('$name', async ({ name, code }) => {
  const file = join(folder, `${name}.ts`);
  const text = asModule(code);
  writeFileSync(file, text);
  const module = (await import(pathToFileURL(file).href)) as { default: (same: Same) => void };
  let compared = 0;
  module.default((value, stated) => {
    compared++;
    expect(value).toEqual(stated);
  });
  expect(compared).toBe(text.split('same((').length - 1);
  expect(compared).toBeGreaterThan(0);
});

test('the guide and every check have one', () => {
  const files = new Set(examples.map(({ name }) => name.replace(/-\d+$/, '')));
  expect([...files].sort()).toEqual([
    'check-output',
    'collection-checks',
    'column',
    'define-check',
    'guide',
    'missing-checks',
    'moment-checks',
    'schema-check',
    'text-checks',
    'value-checks',
  ]);
});
