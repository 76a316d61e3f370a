import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBoundary } from '@flowerpower/fs';
import { FlowerPowerProject } from '../flowerpower-project.js';
import { checkedProject } from './__fixtures__/checked-project.js';
import { absentFiles } from './absent-files.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-absent-'));
  mkdirSync(join(root, 'data'));
  writeFileSync(join(root, 'data', 'orders.csv'), '');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a file that is not there is named, with one that may be meant and its place', () => {
  const place = { file: 'p.yml', line: 3, column: 7 };
  const named = ['data/order.csv', 'data/orders.csv', 'nowhere/x.csv', 's3://bucket/x.csv'].map((path) => ({
    target: 'orders',
    path,
    place,
  }));
  const problems = absentFiles(named, createBoundary({ root }));
  expect(problems).toMatchObject([
    {
      code: 'FP_CHECK_NO_FILE',
      message: 'io.load.orders: the file data/order.csv does not exist.',
      hint: "Did you mean 'orders.csv'? Nothing is wrong if it is written before this pipeline runs.",
      places: [place],
    },
    { message: 'io.load.orders: the file nowhere/x.csv does not exist.' },
  ]);
});

test('check tells of it, but not of a file that the pipeline writes or whose name is not known', async () => {
  const io = (path: string) => `{ type: text, path: ${path} }`;
  const entries = `a: ${io('data/a.txt')}, b: ${io('out.txt')}, c: ${io('"${C}"')}`;
  const { root: folder } = checkedProject({
    'conf/project.yml': '',
    'conf/pipelines/p.yml': `io: { load: { ${entries} }, save: { out: ${io('out.txt')} } }`,
    'pipelines/p.ts':
      'export const out = ({ a, b, c }: Record<"a" | "b" | "c", string>): string => a + b + c;',
  });
  const project = await FlowerPowerProject.load(folder, { environment: {} });
  const { warnings } = await project.pipelineManager.check('p');
  await project.close();
  expect(warnings.map(({ code }) => code)).toEqual(['FP_CONFIG_VARIABLE_UNSET', 'FP_CHECK_NO_FILE']);
  expect(warnings[1]!.message).toContain('data/a.txt');
});
