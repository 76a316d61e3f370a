/** A misspelt column passed the check and the run: nobody looked at the header of the file. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-columns-'));
  mkdirSync(join(root, 'node_modules'));
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  symlinkSync(typescript, join(root, 'node_modules/typescript'), 'dir');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function check(row: string, options: string, file = 'id,amount,region\n1,2,north\n') {
  const yaml = `io:\n  load:\n    orders:\n      type: csv\n      path: orders.csv\n${options}`;
  const files = {
    'conf/project.yml': '',
    'conf/pipelines/p.yml': yaml,
    'pipelines/p.ts': `export const size = ({ orders }: { orders: ${row}[] }) => orders.length;`,
    'orders.csv': file,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const project = await FlowerPowerProject.load(root, { environment: {} });
  try {
    return await project.pipelineManager.check('p');
  } finally {
    await project.close();
  }
}

test('a column that the function wants and the header does not have is reported, with the nearest', async () => {
  expect(await check('{ id: string; region?: string; note?: string }', '')).toMatchObject({
    ok: true,
    edges: 1,
  });
  expect(await check('Record<string, string>', '')).toMatchObject({ ok: true });
  expect((await check('{ id: string; amuont: string }', '')).problems).toMatchObject([
    {
      code: 'FP_EDGE_TYPE',
      message:
        "The file of io.load.orders has no column 'amuont', which size wants for its parameter 'orders'.",
      hint: "Did you mean 'amount'? The columns are: id, amount, region.",
    },
  ]);
  expect((await check('{ day: string; total: string }', '')).problems[0]?.message).toContain(
    "has no columns 'day', 'total', which size wants",
  );
  expect((await check('{ amuont: unknown }', '      infer: true\n')).problems).toHaveLength(1);
  expect((await check('{ region: string }', '      columns: [id]\n')).problems[0]?.hint).toBe(
    'The columns are: id.',
  );
});

test('types and columns that name no column of the header are reported at their line', async () => {
  const options = '      types:\n        id: integer\n        amuont: number\n';
  expect(await check('{ id: number | null }', options)).toMatchObject({
    ok: false,
    start: [
      {
        code: 'FP_IO_COLUMNS',
        message: "io.load.orders: 'orders.csv' has no column 'amuont', which 'types' names.",
        hint: "Did you mean 'amount'?",
        places: [{ file: 'conf/pipelines/p.yml', line: 8 }],
      },
    ],
  });
});

test('a file without a header, or one that cannot be read, is judged by its options alone', async () => {
  const row = '{ anything: string }';
  expect(await check(row, '', '')).toMatchObject({ ok: true, edges: 1 });
  expect(await check(row, '', `"${'x'.repeat(50)}`)).toMatchObject({ ok: true });
  expect(await check(row, '', '\u0000')).toMatchObject({ start: [] });
  expect(await check('{ a: string }', '      header: [a, b, c]\n')).toMatchObject({ ok: true });
});
