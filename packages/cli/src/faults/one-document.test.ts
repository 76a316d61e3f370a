/** `--json` is one document whatever happens, and a failed run gives what there is. */
import { expect, onTestFinished, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

function project(source: string, yaml = ''): TempProject {
  const made = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'pipelines/p.ts': source,
    'conf/pipelines/p.yml': yaml,
  });
  onTestFinished(() => made.remove());
  return made;
}

const run = ['pipeline', 'run', 'p'];

const printing = `import { collect, node, parallelizable } from 'flowerpower';
console.log('while it loads');
export const words = node(() => { process.stdout.write('{"not": '); return ['a', 'b']; }, parallelizable());
export const loud = async ({ words }: { words: string }) => {
  await null;
  console.log('at', words);
  return words.toUpperCase();
};
export const all = node(({ loud }: { loud: string[] }) => { console.error('last'); return loud.join(''); }, collect('loud'));
setTimeout(() => console.log('from a timer'), 0);
`;

test('what nodes print goes to standard error, under the name of the node and its item', async () => {
  const { flowerpower } = project(printing);
  const { stdout, stderr, status } = await flowerpower([...run, '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'success', outputs: { all: 'AB' } });
  for (const line of [
    '  │ while it loads',
    '  words │ {"not": ',
    '  loud[0] │ at a',
    '  loud[1] │ at b',
    '  all │ last',
  ])
    expect(stderr).toContain(`${line}\n`);
  const people = await flowerpower(run);
  expect(people.stdout).toBe('all  AB\n');
});

test.each(
  [['check'], ['doctor'], ['pipeline', 'show-dag', 'p'], ['pipeline', 'save-dag', 'p']].map((args) => [args]),
)('a module that prints does not spoil %j --json', async (args) => {
  const { flowerpower } = project(printing);
  const { stdout, stderr } = await flowerpower([...args, '--json']);
  expect(JSON.parse(stdout)).toBeTypeOf('object');
  expect(stderr).toContain('  │ while it loads\n');
});

const half = `export const good = () => [1, 2];
export const bad = async ({ good }: { good: number[] }): Promise<number> => { throw new TypeError(\`no sum of \${good.length}\`); };
export const after = ({ bad }: { bad: number }) => bad;
export const other = async ({ good }: { good: number[] }) => good.length;
`;
const saves = 'io:\n  save:\n    good: { type: json, path: good.json }\n';

test('a failed run: id, status, each node with duration and error, what was saved, and the values of good nodes', async () => {
  const { flowerpower } = project(half, saves);
  const { stdout, status } = await flowerpower([...run, '--json', '--on-error', 'continue']);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'failure',
    runId: expect.stringMatching(/^[\da-f-]{36}$/),
    pipeline: 'p',
    outputs: { other: 2 },
    saved: { good: { format: 'json' } },
    nodes: {
      good: { status: 'success', durationMs: expect.any(Number) },
      bad: {
        status: 'failed',
        durationMs: expect.any(Number),
        error: { name: 'TypeError', message: 'no sum of 2', code: null },
      },
      after: { status: 'skipped', because: 'bad' },
      other: { status: 'success' },
    },
    durationMs: expect.any(Number),
    attempts: 1,
    error: {
      code: 'FP_NODE_FAILED',
      exitCode: 1,
      causes: [{ message: 'TypeError: no sum of 2', code: null }],
    },
  });
});

test('people see the values of good nodes too, and every message once', async () => {
  const { flowerpower } = project(half, saves);
  const { stdout, stderr, status } = await flowerpower([...run, '--on-error', 'continue']);
  expect({ stdout, status }).toEqual({ stdout: 'other  2\n', status: 1 });
  expect(stderr.split('no sum of 2')).toHaveLength(2);
});

test('of nodes that fail together each one is reported', async () => {
  const { flowerpower } = project(`
let failed = 0;
const together = async (what: string) => { failed++; while (failed < 2) await new Promise(setImmediate); throw new Error(what); };
export const a = () => together('first');
export const b = () => together('second');
`);
  const { stderr } = await flowerpower(run);
  expect(stderr.split(/first|second/)).toHaveLength(3);
});

test('a run that times out, and one that cannot start, are documents as well', async () => {
  const { flowerpower } = project(
    'export const a = ({}: object, { signal }: { signal: AbortSignal }) => new Promise((_, stop) => signal.addEventListener("abort", stop));\n',
  );
  // Long enough to import the module: a timeout before that is another error.
  const late = await flowerpower([...run, '--json', '--timeout', '1']);
  expect(JSON.parse(late.stdout)).toMatchObject({
    status: 'timeout',
    nodes: { a: {} },
    error: { exitCode: 124 },
  });
  const wrong = await flowerpower([...run, '--json', '-i', 'x=1']);
  expect(wrong.status).toBe(2);
  expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { exitCode: 2 } });
});

test('outputs that fit into no document: exit 1, the run and what was saved stand', async () => {
  const { flowerpower } = project(
    'export const a = () => { let twice: unknown = 1; for (let level = 0; level < 60; level++) twice = [twice, twice]; return twice; };\nexport const b = () => 1;\n',
    'io:\n  save:\n    b: { type: json, path: b.json }\n',
  );
  const { stdout, status } = await flowerpower([...run, '--json']);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'success',
    outputs: null,
    saved: { b: { format: 'json' } },
    error: { code: 'FP_CLI_OUTPUT', exitCode: 1 },
  });
});

test('values whose getters throw, revoked proxies, circles and big ones are shown, and never called a bug', async () => {
  const { flowerpower } = project(`
export const getter = () => ({ get x() { throw new Error('do not look'); } });
export const rows = () => [{ a: 1 }, { get a() { throw new Error('do not look'); } }];
export const revoked = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return [proxy]; };
export const circle = () => { const o: Record<string, unknown> = {}; o['self'] = o; return o; };
export const big = () => Array.from({ length: 300_000 }, (_, at) => ({ at, text: 'x'.repeat(20) }));
export const text = () => 'y'.repeat(200_000);
export const late = () => [new Date(Number.NaN)];
`);
  const people = await flowerpower(run);
  expect(people.status).toBe(0);
  expect(people.stdout).toContain('… 299990 more rows');
  expect(people.stdout).toContain('… 100000 more characters; --json prints all of them');
  const programs = await flowerpower([...run, '--json']);
  expect(programs.status).toBe(0);
  const { outputs } = JSON.parse(programs.stdout);
  expect(outputs).toMatchObject({
    getter: { x: '<cannot be read: Error: do not look>' },
    circle: { self: '<circular>' },
  });
  expect([outputs.big.length, outputs.text.length]).toEqual([300_000, 200_000]);
});
