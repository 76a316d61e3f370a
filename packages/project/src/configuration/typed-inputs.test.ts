/** A list, a choice or a date reached its function as a bare text. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

let root: string;
let project: FlowerPowerProject;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-typed-'));
});
afterEach(async () => {
  await project.close();
  rmSync(root, { recursive: true, force: true });
});

const module = `export const seen = (
  { ids, nums, mode, since, days }:
  { ids?: string[]; nums?: number[]; mode?: 'fast' | 'slow'; since?: Date; days?: readonly Date[] },
) => ({ ids, nums, mode, since, days });
export const bound = ({ from, tags = [] }: { from?: Date; tags?: string[] }) => ({ from, tags });
`;

async function load(config: string, environment: Readonly<Record<string, string>> = {}) {
  const files = { 'conf/project.yml': '', 'conf/pipelines/p.yml': config, 'pipelines/p.ts': module };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  project = await FlowerPowerProject.load(root, { environment });
  return project.pipelineManager;
}

const seen = async (config: string, set: string[] = [], environment: Record<string, string> = {}) =>
  (await (await load(config, environment)).run('p', { set, outputs: ['seen', 'bound'] })).outputs;

test('a date of a YAML file is a Date where the annotation says so, also in a list and in params', async () => {
  const outputs = await seen(`params: { bound: { from: 2026-02-01 }, mode: fast }
run: { inputs: { since: 2026-01-01, days: ["2026-01-02"], ids: ["2026-01-03"] } }`);
  expect(outputs['seen']).toMatchObject({
    since: new Date('2026-01-01'),
    days: [new Date('2026-01-02')],
    ids: ['2026-01-03'],
    mode: 'fast',
  });
  expect(outputs['bound']).toMatchObject({ from: new Date('2026-02-01') });
});

test('check takes the dates that a run takes', async () => {
  const manager = await load('run: { inputs: { since: 2026-01-01 } }');
  mkdirSync(join(root, 'node_modules'));
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  symlinkSync(typescript, join(root, 'node_modules/typescript'), 'dir');
  expect(await manager.check('p', { allowOpenInputs: true })).toMatchObject({ ok: true });
  await project.close();
  const wrong = await load('run: { inputs: { since: soon } }');
  expect((await wrong.check('p', { allowOpenInputs: true })).problems).toMatchObject([
    {
      code: 'FP_EDGE_TYPE',
      message: expect.stringMatching(/^The input 'since' is string, but seen wants Date/) as string,
      hint: 'Write a date such as 2026-01-31 or 2026-01-31T12:00:00Z.',
    },
  ]);
});

test.each([
  ['--set', ['run.inputs.ids=a,b', 'run.inputs.nums=3,4', 'run.inputs.mode=slow', 'params.bound.tags=7'], {}],
  [
    'variables',
    [],
    {
      FP_PIPELINE__RUN__INPUTS__ids: 'a,b',
      FP_PIPELINE__RUN__INPUTS__nums: '[3, 4]',
      FP_PIPELINE__RUN__INPUTS__mode: 'slow',
      FP_PIPELINE__PARAMS__bound__tags: '7',
    },
  ],
])('%s: lists and choices are read by the annotation', async (_, set, environment) => {
  const outputs = await seen('', set, environment);
  expect(outputs['seen']).toMatchObject({ ids: ['a', 'b'], nums: [3, 4], mode: 'slow' });
  expect(outputs['bound']).toEqual({ from: undefined, tags: ['7'] });
});

test('what does not fit is refused with the type that it wants, all of it at once', async () => {
  const manager = await load('', { FP_PIPELINE__RUN__INPUTS__nums: '3,x' });
  await expect(manager.load('p', { set: ['run.inputs.mode=quick'] })).rejects.toMatchObject({
    code: 'FP_INPUT_VALUE',
    problems: [
      {
        message: expect.stringContaining(
          "'nums' must be a list of numbers, and 'x' is none of them.",
        ) as string,
      },
      { message: "--set run.inputs.mode: 'mode' must be 'fast' or 'slow', got 'quick'." },
    ],
  });
});
