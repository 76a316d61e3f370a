/** Pipelines that load folders and patterns, and save into folders. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject } from './flowerpower-project.js';

let base: string;
let root: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-folders-')));
  root = join(base, 'project');
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  symlinkSync(typescript, join(root, 'node_modules/typescript'), 'dir');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** @param row - the type of the rows that the function takes. */
function pipeline(options: string, row = '{ n: string }', more = ''): void {
  write({
    'conf/project.yml': 'name: p\n',
    'conf/pipelines/p.yml': `io:\n  load:\n    rows: ${options}\n${more}`,
    'pipelines/p.ts': `export const total = ({ rows }: { rows: ${row}[] }) => rows.reduce((sum, { n }) => sum + Number(n), 0);\nexport const copy = ({ rows }: { rows: object[] }) => rows;\n`,
  });
}

async function withProject<T>(use: (project: FlowerPowerProject) => Promise<T>): Promise<T> {
  const project = await FlowerPowerProject.load(root, { environment: {} });
  try {
    return await use(project);
  } finally {
    await project.close();
  }
}
const check = () => withProject((project) => project.pipelineManager.check('p'));
const run = () => withProject((project) => project.run('p'));

test('check looks at the first file, and knows the columns of folders', async () => {
  write({ 'data/year=2024/a.csv': 'n\n1\n', 'data/year=2025/b.csv': 'n\n2\n' });
  for (const path of ['data/', 'data/**/*.csv', 'data/*/']) {
    pipeline(`{ type: csv, path: '${path}', types: { year: integer } }`, '{ n: string; year: number }');
    expect(await check()).toMatchObject({ ok: true, problems: [], warnings: [] });
    pipeline(`{ type: csv, path: '${path}', types: { year: integer } }`, '{ n: string; yaer: number }');
    expect((await check()).problems).toMatchObject([
      { code: 'FP_EDGE_TYPE', hint: "Did you mean 'year'? The columns are: n, year." },
    ]);
    pipeline(`{ type: csv, path: '${path}' }`, '{ n: string; year: number }');
    expect((await check()).problems).toMatchObject([{ code: 'FP_EDGE_TYPE' }]);
  }
});

test.each(['data/*.csv', 'data/', 'nowhere/', 'nowhere/*.csv'])(
  'check warns where there is no file, and a run fails: %s',
  async (path) => {
    write({ 'data/.gitkeep': '' });
    pipeline(`{ type: csv, path: '${path}' }`);
    const report = await check();
    expect(report).toMatchObject({ ok: true, warnings: [{ code: 'FP_CHECK_NO_FILE' }] });
    expect(report.warnings[0]!.message).toContain('io.load.rows: ');
    const error = await run().catch((reason: unknown) => reason as { cause?: unknown });
    expect(error).toMatchObject({ cause: { code: 'FP_IO_NO_MATCH' } });
  },
);

test('a file that is changed, added or removed is seen by the next run, with a cache', async () => {
  write({ 'data/a.csv': 'n\n1\n', 'data/b.csv': 'n\n2\n' });
  pipeline("{ type: csv, path: 'data/*.csv' }", '{ n: string }', 'run:\n  cache: { enabled: true }\n');
  const total = async () => (await run()).outputs['total'];
  expect(await total()).toBe(3);
  write({ 'data/b.csv': 'n\n7\n' });
  expect(await total()).toBe(8);
  write({ 'data/c.csv': 'n\n100\n' });
  expect(await total()).toBe(108);
  rmSync(join(root, 'data/a.csv'));
  expect(await total()).toBe(107);
});

test('a folder that was saved is loaded by the next pipeline, and the facts are about all of it', async () => {
  write({ 'data/a.csv': 'n\n1\n2\n' });
  const save = `  save:\n    copy: { type: csv, path: out/, by: [n], mode: append }\n`;
  pipeline('{ type: csv, path: data/a.csv, types: { n: integer } }', '{ n: number | null }', save);
  expect(await check()).toMatchObject({ ok: true });
  const failed = await run().catch((error: unknown) => error as { cause?: { message?: string } });
  expect(String((failed as { cause?: unknown }).cause)).toContain('nothing is left for the files');
  write({ 'data/a.csv': 'n,x\n1,a\n2,b\n' });
  await run();
  await run();
  pipeline('{ type: csv, path: out/ }', '{ n: number; x: string }');
  expect(await check()).toMatchObject({ ok: true, problems: [] });
  expect((await run()).outputs['total']).toBe(6);
});

test('what lies behind a link out of the project is refused as for a file, not left out', async () => {
  mkdirSync(join(base, 'outside/deep'), { recursive: true });
  writeFileSync(join(base, 'outside/b.csv'), 'n\n2\n');
  write({ 'data/a.csv': 'n\n1\n' });
  pipeline('{ type: csv, path: data/ }');
  symlinkSync('../../outside/b.csv', join(root, 'data/b.csv'));
  const refused = { cause: { code: 'FP_FS_OUTSIDE_ROOT', hint: expect.stringContaining('allowOutside') } };
  await expect(run()).rejects.toMatchObject(refused);
  write({ 'conf/project.yml': 'name: p\nallow_outside: [../outside]\n' });
  expect((await run()).outputs['total']).toBe(3);
  rmSync(join(root, 'data/b.csv'));
  symlinkSync('../../outside', join(root, 'data/more'));
  await expect(run()).rejects.toMatchObject({ cause: { code: 'FP_FS_OUTSIDE_ROOT' } });
  rmSync(join(root, 'data/more'));
  write({ 'inside/c.csv': 'n\n5\n' });
  symlinkSync('../inside', join(root, 'data/more'));
  expect((await run()).outputs['total']).toBe(6);
});

test.each(['conf/', 'conf/data/', 'pipelines/', '../out/'])(
  'no folder is saved to where no file may be: %s',
  async (path) => {
    write({ 'data/a.csv': 'n\n1\n' });
    pipeline(
      '{ type: csv, path: data/a.csv }',
      '{ n: string }',
      `  save:\n    copy: { type: csv, path: ${path} }\n`,
    );
    const files = () =>
      ['.', 'conf', 'pipelines', '..'].map((folder) =>
        readdirSync(join(root, folder)).filter((name) => !name.startsWith('.') && name !== 'node_modules'),
      );
    const before = files();
    await expect(run()).rejects.toMatchObject({
      code: expect.stringMatching(/^FP_FS_(PROTECTED|OUTSIDE_ROOT)$/),
    });
    expect(files()).toEqual(before);
  },
);
