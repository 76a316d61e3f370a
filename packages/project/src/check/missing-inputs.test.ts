/** Inputs that nothing gives: a warning, or a problem where nobody can give them later. */
import { beforeAll, expect, test } from 'vitest';
import { buildCoreOnce, checkedProject } from './__fixtures__/checked-project.js';

beforeAll(buildCoreOnce, 600_000);

const module = `export const spendMean = ({ spend }: { spend: number[] }): number => spend.length;
export const centred = ({ spend, spendMaen }: { spend: number[]; spendMaen: number }) => [spend, spendMaen];
export const rounded = ({ spendMean, digits = 2 }: { spendMean: number; digits?: number }) => spendMean.toFixed(digits);
`;

test('a missing input is a warning that names who wants it, where, and what it may have meant', async () => {
  const project = checkedProject({ 'pipelines/etl.ts': module });
  const file = `${project.root}/pipelines/etl.ts`;
  const report = await project.check();
  expect(report).toMatchObject({ ok: true, problems: [], openInputs: ['spend', 'spendMaen'] });
  expect(report.warnings).toMatchObject([
    {
      code: 'FP_CHECK_MISSING_INPUT',
      message: "No node, input or loader gives 'spend', which centred and spendMean need.",
      places: [
        { file, line: 2 },
        { file, line: 1 },
      ],
      input: 'spend',
      wantedBy: [
        { node: 'centred', parameter: 'spend', type: 'number[]' },
        { node: 'spendMean', parameter: 'spend', type: 'number[]' },
      ],
    },
    {
      message: "No node, input or loader gives 'spendMaen' (number), which centred needs.",
      hint: expect.stringMatching(
        /^Did you mean 'spendMean'\? Give it under 'inputs:'.* --inputs spendMaen=/,
      ),
      places: [{ file, line: 2 }],
    },
  ]);
});

test('what is given by configuration, or by a loader, or has a default, is not missing', async () => {
  const project = checkedProject({ 'pipelines/etl.ts': module });
  const report = await project.check({
    inputs: { spend: [1] },
    loaders: [{ name: 'spendMaen' }],
    requireInputs: true,
  });
  expect(report).toMatchObject({ ok: true, warnings: [], openInputs: [] });
  const config = { spend: [1], spendMaen: 2 };
  expect(await project.check({ config, requireInputs: true })).toMatchObject({ ok: true, openInputs: [] });
});

test('only what the outputs need is missed', async () => {
  const project = checkedProject({ 'pipelines/etl.ts': module });
  const report = await project.check({ outputs: ['rounded'] });
  expect(report.openInputs).toEqual(['spend']);
  expect(report.warnings[0]?.message).toBe(
    "No node, input or loader gives 'spend' (number[]), which spendMean needs.",
  );
});

test('where inputs are required, a missing one is a problem, before those of edges', async () => {
  const wrong = `${module}export const late = ({ rounded }: { rounded: number }) => rounded;\n`;
  const project = checkedProject({ 'pipelines/etl.ts': wrong });
  const report = await project.check({ inputs: { spend: [1] }, requireInputs: true });
  expect(report).toMatchObject({ ok: false, warnings: [], openInputs: ['spendMaen'] });
  expect(report.problems.map(({ code }) => code)).toEqual(['FP_CHECK_MISSING_INPUT', 'FP_EDGE_TYPE']);
});

test('what a modifier wants is missed at the place of its export', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': `import { inject, node, source } from '@flowerpower/core';
export const net = node(({ x }: { x: number }) => x, inject({ x: source('gros') }));
export const gross = () => 1;`,
  });
  const { warnings } = await project.check();
  expect(warnings).toMatchObject([
    {
      input: 'gros',
      wantedBy: [{ node: 'net', parameter: 'x', type: 'number' }],
      places: [{ file: `${project.root}/pipelines/etl.ts`, line: 2 }],
      hint: expect.stringContaining("Did you mean 'gross'?"),
    },
  ]);
});

test('a function that takes nothing from a node, and that no other one uses, may be a helper: the ways out are named', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': `export const total = (): number => add([1, 2], 3);
export const add = (xs: number[], n: number): number => xs.length + n;
export const label = ({ total, unit }: { total: number; unit: string }): string => unit + total;
`,
  });
  const hints = async (outputs?: readonly string[]) =>
    (await project.check({ outputs })).warnings.map(
      ({ hint = '' }) => /If '\w+' is a helper and no node/.exec(hint)?.[0],
    );
  const helper = "If 'add' is a helper and no node";
  expect(await hints()).toEqual([helper, helper, undefined]);
  expect(await hints(['add'])).toEqual([undefined, undefined]);
});

test('a function whose inputs are not destructured: the hint says how', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': `interface Props { amount: number }
export const product = (p: Props) => p.amount;
export const text = (name: string) => name;`,
  });
  const { warnings } = await project.check();
  expect(warnings.map(({ hint }) => /destructure it: .*$/.exec(hint ?? '')?.[0].slice(0, 42))).toEqual([
    'destructure it: ({ a, b }: Props) => … If ',
    undefined,
  ]);
});

test('a missing input whose near names cannot be meant: its own node, and what that takes already', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': `export const price1 = () => 1;
export const price2 = ({ price1, price3 }: { price1: number; price3: number }) => price1 * price3;`,
  });
  const { warnings } = await project.check();
  expect(warnings[0]!.hint).toMatch(/^Give it under 'inputs:'/);
});
