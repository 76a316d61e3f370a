/** `pipeline run a b`, `plan` and `cache explain` as a person types them. */
import { expect, onTestFinished, test } from 'vitest';
import { inProcess } from '../__fixtures__/in-process.js';
import { createTempProject } from '../__fixtures__/temp-project.js';

const files = {
  'conf/project.yml': 'name: shop\n',
  'conf/pipelines/prices.yml': 'io: { save: { net: { type: json, path: out/net.json } } }\n',
  'pipelines/prices.ts':
    'export const net = ({ day = 1 }: { day?: number }): number => { if (day < 0) throw new Error("no such day"); return day; };\n',
  'conf/pipelines/bills.yml':
    'run: { cache: { enabled: true } }\nparams: { bill: { factor: 2 } }\nio: { load: { net: { type: json, path: out/net.json } } }\n',
  'pipelines/bills.ts':
    'export const bill = ({ net, factor }: { net: number; factor: number }): number => net * factor;\nexport const size = ({ bill }: { bill: number }): string => (bill > 5 ? "large" : "small");\n',
  'conf/pipelines/alone.yml': '',
  'pipelines/alone.ts': 'export const alone = (): number => 7;\n',
};

function project() {
  const made = createTempProject(files);
  onTestFinished(() => made.remove());
  const run = (...args: readonly string[]) => inProcess(args, { cwd: made.root });
  return { ...made, run };
}

interface Runs {
  readonly status: string;
  readonly runs: readonly { readonly pipeline: string; readonly status: string; readonly because?: string }[];
}

const briefly = (text: string) => {
  const { status, runs } = JSON.parse(text) as Runs;
  return [
    status,
    ...runs.map((run) => `${run.pipeline} ${run.status}${run.because ? ` ${run.because}` : ''}`),
  ];
};

test('several run in the order of their files, whatever the order of their names', async () => {
  const { run } = project();
  const { status, stdout } = await run('pipeline', 'run', 'bills', 'prices', '-i', 'day=3', '--json');
  expect(status).toBe(0);
  expect(briefly(stdout)).toEqual(['success', 'prices success', 'bills success']);
  const people = await run('pipeline', 'run', '--all', '-q');
  expect(people.status).toBe(0);
  expect(people.stdout).toBe('alone\nalone  7\nprices\nnet  1\nbills\nsize  small\n');
});

test('one that fails takes those along that need it, and no others', async () => {
  const { run } = project();
  const { status, stdout } = await run('pipeline', 'run', '--all', '-i', 'day=-1', '--json');
  expect(status).toBe(1);
  expect(briefly(stdout)).toEqual(['failure', 'alone success', 'prices failure', 'bills skipped prices']);
  const { stderr } = await run('pipeline', 'run', '--all', '-i', 'day=-1', '-q');
  expect(stderr).toMatch(/– bills {3}skipped: it loads out\/net\.json, which prices should have saved\n$/);
});

test.each([
  [['pipeline', 'run'], 'No pipeline is named.'],
  [['pipeline', 'run', 'bills', '--all'], "--all is given beside 'bills'."],
  [
    ['pipeline', 'run', 'bills', 'prices', '--from', 'net'],
    '--from is for one pipeline, and several are to run.',
  ],
  [['pipeline', 'run', 'bills', 'prices', '-i', 'dayy=3'], "has the input 'dayy'."],
  [['pipeline', 'run', 'bills', '--tags', '=x'], "--tags: '=x' is no tag."],
  [['pipeline', 'run', 'bills', '--only', ''], '--only names no node.'],
])('%j is refused', async (args, message) => {
  const { status, stderr } = await project().run(...args);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) as string });
});

test('a plan and a dry run say the same, and run nothing', async () => {
  const { run, read } = project();
  const plan = await run('plan', 'prices');
  expect(plan.stdout).toBe(
    'prices\n  run      net       there is no cache\n  run      save.net  saved in every run\n\nWrites\n  → out/net.json  new\n\n2 to run\n',
  );
  expect((await run('pipeline', 'run', 'prices', '--dry-run')).stdout).toBe(plan.stdout);
  expect(() => read('out/net.json')).toThrow();
  const all = JSON.parse((await run('plan', '--all', '--json')).stdout) as { plans: { pipeline: string }[] };
  expect(all.plans.map(({ pipeline }) => pipeline)).toEqual(['alone', 'bills', 'prices']);
});

test('cache explain says what has changed', async () => {
  const { run, write } = project();
  await run('pipeline', 'run', 'prices', 'bills');
  expect((await run('cache', 'explain', 'bills')).stdout).toBe(
    'net   loaded in every run\nbill  in the cache\nsize  in the cache\n',
  );
  write({ 'conf/pipelines/bills.yml': files['conf/pipelines/bills.yml'].replace('factor: 2', 'factor: 3') });
  expect((await run('cache', 'explain', 'bills', 'bill')).stdout).toBe(
    'bill  its parameter factor changed\n',
  );
  expect((await run('cache', 'explain', 'alone')).stderr).toContain('is not switched on');
});
