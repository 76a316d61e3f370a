/** What a newcomer met on the second day: messages with the words of the engine instead of those that he had written. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'data/orders.csv': 'id\n1\n2\n',
    'conf/pipelines/absent.yml': `io:
  load:
    orders: { type: csv, path: data/order.csv }
    notes: { type: text, path: data/notes.txt }
`,
    'pipelines/absent.ts':
      'export const size = ({ orders, notes }: { orders: readonly object[]; notes: string }) => orders.length + notes.length;\n',
    'conf/pipelines/present.yml': 'io: { load: { orders: { type: csv, path: data/orders.csv } } }\n',
    'pipelines/present.ts': `import { checkOutput, countInRange, node, retry } from 'flowerpower';
export const size = ({ orders }: { orders: readonly object[] }) => [orders.length, 2];
let calls = 0;
export const service = node(() => { if (calls++ === 0) throw new Error('service is down'); return 1; }, retry({ maxRetries: 1, retryDelay: 0 }));
export const few = node(() => [undefined, 1], checkOutput(countInRange(5, 9)));
`,
    'pipelines/thrown.ts': `import { node, retry } from 'flowerpower';
export const r = node(() => { throw new Error('x'); }, retry({ maxRetries: 0 }));
`,
    'pipelines/checked.ts': `import { checkOutput, countInRange, node } from 'flowerpower';
export const bad = node((): number[] => [1], checkOutput(countInRange(5, 9), { importance: 'fail' }));
`,
    'conf/pipelines/nan.yml': 'io: { save: { rows: { type: json, path: output/rows.json } } }\n',
    'pipelines/nan.ts': 'export const rows = () => [{ a: NaN, b: NaN }];\n',
    'conf/pipelines/params.yml':
      'params: { cleaned: { minAmount: 1 } }\nio: { load: { orders: { type: csv, path: data/orders.csv } } }\n',
    'pipelines/params.ts':
      'export const cleaned = ({ orders, minAmount }: { orders: readonly object[]; minAmount: number }) => orders.length + minAmount;\n',
    'conf/pipelines/datum.yml':
      'io: { load: { orders: { type: csv, path: data/orders.csv, types: { id: numbr } } } }\n',
    'pipelines/datum.ts':
      'export const size = ({ orders }: { orders: readonly object[] }) => orders.length;\n',
    'conf/pipelines/open.yml': 'run:\n  finalVars: [size\n  cache: true\n',
    'pipelines/open.ts': 'export const size = () => 1;\n',
    'pipelines/helper.ts': `export const total = () => add([1, 2], 3);
export const add = (xs: number[], n: number) => xs.reduce((a, b) => a + b, n);
`,
    'pipelines/syntax.ts': 'export const x = (\n',
  });
});
afterAll(() => project.remove());

const run = (args: string) => project.flowerpower(args.split(' '));

test('a file that is not there is said once, in the words of the configuration', async () => {
  const { stderr } = await run('pipeline run absent');
  const orders = 'io.load.orders: data/order.csv does not exist.';
  const notes = 'io.load.notes: data/notes.txt does not exist.';
  // Both are looked for at the same time, and the disk decides which answer comes first.
  expect([
    [
      `error FP_NODE_FAILED (FP_FS_NOT_FOUND) ${orders}`,
      '  at    conf/pipelines/absent.yml:3:32',
      "  hint  Did you mean 'orders.csv'?",
      `  also failed  ${notes}`,
    ],
    [
      `error FP_NODE_FAILED (FP_FS_NOT_FOUND) ${notes}`,
      '  at    conf/pipelines/absent.yml:4:32',
      '  hint  Check the path; names are case-sensitive.',
      `  also failed  ${orders}`,
    ],
  ]).toContainEqual(stderr.slice(stderr.indexOf('error')).trimEnd().split('\n'));
  expect(stderr).not.toContain('.loader');
});

describe('a run that people watch', () => {
  test('counts a loader once, and items of a list are not rows', async () => {
    const { stdout, stderr } = await run('pipeline run present');
    expect(stderr).toContain('▶ present  6 nodes, ');
    expect(stderr).toMatch(/✓ orders {2}2 rows/);
    expect(stderr).toMatch(/✓ size {2}2 items/);
    expect(stdout).toContain('[undefined, 1]');
    expect((await run('pipeline show-dag present')).stdout).toContain('\n6 nodes, ');
  });

  test('a retry and a failed check take one short line each, and say nothing twice', async () => {
    const { stderr } = await run('pipeline run present --quiet');
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    const [failed, retried] = ['failed countInRange', 'tried again'].map((text) =>
      lines.find((line) => line.includes(text)),
    );
    expect(retried).toMatch(
      /tried again at once\. \[present service\] .*error="Error: service is down \(.*present\.ts:4:\d+\)"$/,
    );
    expect(failed!.match(/there are 2 items/g)).toHaveLength(1);
    expect(failed).not.toContain('{');
  });
});

test('a frame has no name that V8 guessed, and the message of the cause is not missing', async () => {
  const { stderr } = await run('pipeline run thrown');
  expect(stderr.slice(stderr.indexOf('error')).trimEnd().split('\n')).toEqual([
    "error FP_NODE_FAILED The node 'r' failed: x",
    '  at    pipelines/thrown.ts:2:14',
    '  thrown at pipelines/thrown.ts:2:37',
  ]);
});

test('verdicts of checks are no inputs worth showing, and a list of faults says once what it is about', async () => {
  expect((await run('pipeline run checked')).stderr).toMatch(
    /\n {2}inputs {2}bad_raw: Array\(1\)\n {2}to go on /,
  );
  const { stderr } = await run('pipeline run nan');
  expect(stderr.match(/cannot be saved/g)).toHaveLength(1);
  expect(stderr).toContain('    - $[0].a is NaN.\n    - $[0].b is NaN.\n');
});

test('a file is named once, as a person types it', async () => {
  const { stderr } = await run('pipeline run syntax');
  expect(stderr.match(/syntax\.ts/g)).toHaveLength(1);
  expect(stderr).toMatch(/^error FP_MODULE_SYNTAX pipelines\/syntax\.ts:2:1: /);
});

test('an unknown letter shows which there are', async () => {
  expect((await run('pipeline save-dag present -o x.svg')).stderr).toContain('-p, --output-path');
});

describe('what is wrong in the configuration names who gave it', () => {
  test('a variable, in whose name case counts, and a flag', async () => {
    const env = { FP_PIPELINE__PARAMS__CLEANED__minAmount: '3' };
    const { stderr } = await project.flowerpower(['pipeline', 'run', 'params'], { env });
    expect(stderr).toContain("params.CLEANED: the pipeline has neither a node nor an input 'CLEANED'.");
    expect(stderr).toContain(
      "hint  Did you mean 'cleaned'? The variable FP_PIPELINE__PARAMS__CLEANED__minAmount gives it; in names of yours upper and lower case count there.",
    );
    expect((await run('pipeline run params --set params.clean.minAmount=3')).stderr).toMatch(
      /hint {2}Did you mean 'cleaned'\? --set params\.clean\S* gives it\./,
    );
  });

  test('an option whose value does not fit: what it may be, and no list of other options', async () => {
    const { stdout, stderr } = await run('check datum');
    expect(stdout).toBe('✗ datum  1 problem; no edge is checked until it is mended\n');
    expect(stderr).toContain(
      'csv.types.id must be "string" or "number" or "integer" or "bigint" or "boolean" or "date", not "numbr".',
    );
    expect(stderr).toContain("hint  Did you mean 'number'?");
  });

  test('a list that is not closed, at its bracket', async () => {
    expect((await run('pipeline run open')).stderr).toContain(
      'open.yml:2:14: the list that begins with [ here has no ]',
    );
  });
});

test('a helper that is taken for a node: the ways out are named', async () => {
  const ways =
    "If 'add' is a helper and no node: do not export it, begin its name with '_', wrap it in exclude(), or name";
  expect((await run('pipeline run helper')).stderr.split(ways)).toHaveLength(3);
});

test('overrides in code are values of nodes, and settings are told from them', async () => {
  project.write({
    'main.mjs': `import { FlowerPowerProject } from 'flowerpower';
const project = await FlowerPowerProject.load('.');
await project.run('params', { overrides: { run: { cache: false } } }).catch((error) => console.log(error.code, error.hint));
await project.close();
`,
  });
  const { stdout } = await project.shell(`"$0" main.mjs`, []);
  expect(stdout).toMatch(
    /^FP_UNKNOWN_OVERRIDE overrides are values that stand in for nodes\. 'run' is a setting: give what is in it beside overrides/,
  );
});
