/** What the check writes, and what it does when there is no compiler to rely on. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildCoreOnce, checkedProject } from './__fixtures__/checked-project.js';

beforeAll(buildCoreOnce, 600_000);

const files = {
  'pipelines/etl.ts':
    'export const rows = (): number[] => [];\nexport const size = ({ rows }: { rows: number[] }) => rows.length;\n',
};
const wrong = { 'pipelines/etl.ts': files['pipelines/etl.ts'].replace('rows: number[]', 'rows: string[]') };

test('the program is readable, the same every time, and out of the way of git', async () => {
  const project = checkedProject(files);
  const { program } = await project.check();
  const folder = join(project.root, '.flowerpower');
  expect(program).toBe(join(folder, 'check', 'etl.check.mts'));
  const text = readFileSync(program, 'utf8');
  expect(text).toContain('import * as M0 from "../../pipelines/etl.js";\n');
  expect(text).toContain('  const v_size = await M0.size({\n    rows: v_rows,\n    },\n  );\n');
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  rmSync(join(folder, '.gitignore'));
  await project.check();
  expect(readFileSync(program, 'utf8')).toBe(text);
  // Only the one who creates the folder decides what git sees of it.
  expect(existsSync(join(folder, '.gitignore'))).toBe(false);
  expect(readdirSync(join(folder, 'check')).sort()).toEqual(['etl.check.mts', 'etl.tsconfig.json']);
});

test('pipelines that differ in name have files that differ, in the folder of the check', async () => {
  const project = checkedProject(files);
  const names = ['../../up', 'a/b', 'a.b', 'a*b', 'añb'];
  for (const pipeline of names) await project.check({ pipeline });
  const written = readdirSync(join(project.root, '.flowerpower/check')).filter((name) =>
    name.endsWith('.mts'),
  );
  expect(written).toHaveLength(names.length);
});

test('a project behind a link is checked', async () => {
  const project = checkedProject(wrong);
  const link = `${project.root} link`;
  symlinkSync(project.root, link, 'dir');
  onTestFinished(() => rmSync(link));
  const { problems } = await project.check({ root: link });
  expect(problems).toMatchObject([{ code: 'FP_EDGE_TYPE', from: { node: 'rows' }, to: { node: 'size' } }]);
});

test('a file in the place of the folder is an error, and stays', async () => {
  const project = checkedProject({ ...files, '.flowerpower': 'mine' });
  await expect(project.check()).rejects.toMatchObject({ code: expect.stringMatching(/^FP_FS_/) });
  expect(readFileSync(join(project.root, '.flowerpower'), 'utf8')).toBe('mine');
});

describe('without a compiler that works', () => {
  function withCompiler(script: string | undefined, manifest: object = {}) {
    const project = checkedProject(files, 'none');
    const folder = join(project.root, 'node_modules/typescript');
    mkdirSync(folder, { recursive: true });
    const bin = { tsc: './tsc.cjs' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '5.9.0', bin, ...manifest }));
    if (script !== undefined) writeFileSync(join(folder, 'tsc.cjs'), script);
    return project;
  }

  test('no TypeScript: the error says what to install, and nothing is written', async () => {
    const project = checkedProject(files, 'none');
    await expect(project.check()).rejects.toMatchObject({
      code: 'FP_CHECK_NO_TYPESCRIPT',
      hint: 'Run: npm install --save-dev typescript',
    });
    expect(existsSync(join(project.root, '.flowerpower'))).toBe(false);
  });

  test.each([
    ['an old one', { version: '4.9.5' }, /4\.9\.5 .* too old/],
    ['one without a compiler', { bin: undefined }, /no compiler/],
  ])('%s is refused', async (_, manifest, message) => {
    const failure = { code: 'FP_CHECK_NO_TYPESCRIPT', message: expect.stringMatching(message) };
    await expect(withCompiler('', manifest).check()).rejects.toMatchObject(failure);
  });

  test.each([
    ['is missing', undefined, /exit code 1: .*Cannot find module/s],
    ['crashes', "process.stderr.write('panic: boom'); process.exitCode = 2;", /exit code 2: panic: boom$/],
    ['says nothing', 'process.exitCode = 1;', /exit code 1: no output$/],
    [
      'crashes after some diagnostics',
      "console.log('a.ts(1,1): error TS1: half of it.'); process.exitCode = 134;",
      /exit code 134/,
    ],
    ['is killed', "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1e6);", /killed by SIGKILL/],
  ])('a compiler that %s is an error', async (_, script, message) => {
    const failure = { code: 'FP_CHECK_FAILED', message: expect.stringMatching(message) };
    await expect(withCompiler(script).check()).rejects.toMatchObject(failure);
  });

  test('a diagnostic in a line that is ours alone is an error, not a problem of the project', async () => {
    const project = withCompiler(
      "console.log('.flowerpower/check/etl.check.mts(1,1): error TS9: No.'); process.exitCode = 2;",
    );
    await expect(project.check()).rejects.toMatchObject({
      code: 'FP_CHECK_FAILED',
      places: [{ file: join(project.root, '.flowerpower/check/etl.check.mts'), line: 1, column: 1 }],
    });
  });
});
