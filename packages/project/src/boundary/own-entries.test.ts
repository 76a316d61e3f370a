/** A saver that would overwrite the project itself. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isFlowerPowerError, saveNode, source } from '@flowerpower/core';
import { to } from '@flowerpower/io';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { FlowerPowerProject } from '../index.js';

let root: string;
const open: FlowerPowerProject[] = [];
const module = `globalThis.__ran = 0;
export const a = () => { globalThis.__ran += 1; return 'overwritten'; };
`;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'fp-own-entries-')));
  write({
    'conf/project.yml': 'name: p\n',
    'pipelines/p.js': module,
    'package.json': '{}',
    'tsconfig.json': '{}',
  });
});
afterEach(async () => {
  for (const project of open.splice(0)) await project.close();
  rmSync(root, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

async function load(): Promise<FlowerPowerProject> {
  const project = await FlowerPowerProject.load(root, { environment: {} });
  open.push(project);
  return project;
}

async function refusal(run: () => Promise<unknown>) {
  const error = await run().then(
    () => new Error('It was not refused.'),
    (thrown: unknown) => thrown,
  );
  if (!isFlowerPowerError(error)) throw error;
  return error;
}

const ran = () => (globalThis as { __ran?: number }).__ran;

test.each([
  'conf/project.yml',
  'conf/pipelines/p.yml',
  'conf/env/new.yml',
  'data/../pipelines/p.js',
  './package.json',
  'tsconfig.json',
  'node_modules/x/index.js',
  '.git/hooks/pre-commit',
  '.flowerpower/cache/x',
])('io.save to %s is refused before anything runs, by run, check and load', async (path) => {
  write({ 'conf/pipelines/p.yml': `io:\n  save:\n    a: { type: text, path: ${path} }\n` });
  const before = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  const project = await load();
  for (const start of [
    () => project.run('p'),
    () => project.pipelineManager.check('p'),
    () => project.pipelineManager.load('p'),
  ]) {
    const error = await refusal(start);
    expect(error).toMatchObject({
      code: 'FP_FS_PROTECTED',
      message: expect.stringMatching(/^io\.save\.a: .*is a part of the project itself/),
      hint: expect.stringContaining('output/'),
    });
    expect(error.places).toEqual([{ file: 'conf/pipelines/p.yml', line: 3, column: 28 }]);
  }
  expect(ran()).toBe(0);
  expect(existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined).toBe(before);
});

test('a saver in code is refused alike, also where a node computes the path', async () => {
  write({
    'pipelines/p.js': `const { saveNode, to } = globalThis.__tools;
export const a = () => 'overwritten';
export const literal = saveNode('a', to.text({ path: 'pipelines/p.js' }));
`,
    'pipelines/q.js': `const { saveNode, source, to } = globalThis.__tools;
export const a = () => 'overwritten';
export const where = () => 'conf/project.yml';
export const computed = saveNode('a', to.text({ path: source('where') }));
`,
  });
  Object.assign(globalThis, { __tools: { saveNode, source, to } });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, '__tools'));
  const project = await load();
  expect(await refusal(() => project.run('p'))).toMatchObject({
    code: 'FP_FS_PROTECTED',
  });
  expect(await refusal(() => project.run('q'))).toMatchObject({
    code: 'FP_NODE_FAILED',
    message: expect.stringContaining("'conf' is a part of the project itself"),
  });
  expect(readFileSync(join(root, 'conf/project.yml'), 'utf8')).toBe('name: p\n');
});

test('a picture is refused alike', async () => {
  const project = await load();
  expect(
    await refusal(() => project.pipelineManager.saveDrawing('p', 'svg', 'conf/project.yml')),
  ).toMatchObject({ code: 'FP_FS_PROTECTED' });
  expect(readFileSync(join(root, 'conf/project.yml'), 'utf8')).toBe('name: p\n');
});

test('other folders, and what is read there, are not', async () => {
  write({
    'conf/pipelines/p.yml': `io:
  load: { given: { type: json, path: package.json } }
  save: { b: { type: text, path: output/conf/b.txt } }
`,
    'pipelines/p.js': 'export const b = (given) => JSON.stringify(given);\n',
  });
  expect(await (await load()).run('p')).toMatchObject({ status: 'success' });
  expect(readFileSync(join(root, 'output/conf/b.txt'), 'utf8')).toBe('{}');
});
