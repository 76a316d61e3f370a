/**
 * What is declared and not wired in the Python FlowerPower 0.37.0, or wrong there, row by row of the list that was made of
 * it. Each row is tested in depth where its part is; here stands that none came back.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  FlowerPowerProject,
  type LoadProjectOptions,
  NodeExecutionError,
  RunConfigBuilder,
} from '../index.js';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeEach(() => {
  project = createTempProject({ 'conf/project.yml': 'name: shop\n' });
});
afterEach(() => project.remove());

/** A pipeline `p`. */
function write(yaml: string, module: string, more: Readonly<Record<string, string>> = {}): void {
  project.write({ 'conf/pipelines/p.yml': yaml, 'pipelines/p.ts': module, ...more });
}

async function withProject<T>(
  use: (opened: FlowerPowerProject) => Promise<T>,
  options: LoadProjectOptions = {},
): Promise<T> {
  await using opened = await FlowerPowerProject.load(project.root, { environment: {}, ...options });
  return await use(opened);
}
const run = (overrides = {}, environment: Readonly<Record<string, string>> = {}) =>
  withProject((opened) => opened.run('p', overrides), { environment });
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as Error & Readonly<Record<string, unknown>>,
  );

test('1: an asynchronous pipeline runs', async () => {
  write(
    '{}',
    'export const late = async () => 1;\nexport const later = async ({ late }: { late: number }) => late + 1;\n',
  );
  expect((await run()).outputs).toEqual({ later: 2 });
});

test('2: the cache reaches the nodes', async () => {
  write('run: { cache: true }', 'export const slow = () => [1, 2];\n');
  await run();
  expect((await run()).nodes['slow']).toMatchObject({ status: 'success', cached: true });
});

test('3: an adapter is switched on, or refused', async () => {
  write('run: { withAdapter: { progress: true } }', 'export const one = () => 1;\n');
  expect((await run()).outputs).toEqual({ one: 1 });
  write('run: { withAdapter: { trackr: true } }', 'export const one = () => 1;\n');
  expect((await errorOf(run()))?.message).toContain('trackr');
});

test('4: hooks are called', async () => {
  write('{}', 'export const one = () => 1;\n', {
    'hooks/p/guard.ts': "export const beforeRun = () => { throw new Error('called'); };\n",
  });
  expect(await errorOf(run())).toMatchObject({ code: 'FP_HOOK_FAILED' });
});

test('5: without finalVars every leaf is computed, also with a fan-out', async () => {
  write(
    '{}',
    `import { collect, node, parallelizable } from 'flowerpower';
export const item = node(() => [1, 2, 3], parallelizable());
export const square = ({ item }: { item: number }) => item * item;
export const all = node(({ square }: { square: number[] }) => square, collect('square'));
export const other = () => 'x';
`,
  );
  const { stdout } = await project.flowerpower(['pipeline', 'run', 'p', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ outputs: { all: [1, 4, 9], other: 'x' } });
});

test('6: a later module takes precedence where that is allowed, and is an error where it is not', async () => {
  const more = { 'pipelines/more.ts': "export const one = () => 'more';\n" };
  write(
    'run: { additionalModules: [more], allowModuleOverrides: true }',
    "export const one = () => 'own';\n",
    more,
  );
  expect((await run()).outputs).toEqual({ one: 'own' });
  expect((await errorOf(run({ allowModuleOverrides: false })))?.message).toContain("'one'");
});

test('7: a file with keys of former versions is read, and stays byte for byte', async () => {
  const yaml = '# kept\nrun:\n  max_retries: 2 # retries\n  inputs: { token: "${TOKEN}" }\n';
  write(yaml, 'export const length = ({ token }: { token: string }) => token.length;\n');
  expect((await run({}, { TOKEN: 'abc' })).outputs).toEqual({ length: 3 });
  expect(readFileSync(join(project.root, 'conf/pipelines/p.yml'), 'utf8')).toBe(yaml);
});

test('8: independent nodes run at the same time', async () => {
  write(
    'run: { executor: threadpool }',
    `let meet: (name: string) => void;
const together = new Promise<void>((resolve) => {
  const here = new Set<string>();
  meet = (name) => void (here.add(name).size === 2 && resolve());
});
export const a = async () => { meet('a'); await together; return 'a'; };
export const b = async () => { meet('b'); await together; return 'b'; };
`,
  );
  expect((await run()).outputs).toEqual({ a: 'a', b: 'b' });
});

test('9: one pipeline runs twice at the same time', async () => {
  write('{}', 'export const twice = async ({ x }: { x: number }) => x * 2;\n');
  const both = await withProject(({ pipelineManager }) =>
    Promise.all([1, 2].map((x) => pipelineManager.run('p', { inputs: { x } }))),
  );
  expect(both.map(({ outputs }) => outputs['twice'])).toEqual([2, 4]);
});

test('10: an executor that does not exist is an error, never a silent other one', async () => {
  write('run: { executor: { type: dask, num_cpus: 2 } }', 'export const one = () => 1;\n');
  expect(await errorOf(run())).toMatchObject({ code: 'FP_UNKNOWN_EXECUTOR' });
});

test('11: a deterministic error gets one attempt, and a slip in retryExceptions none', async () => {
  write(
    'run: { retry: { maxRetries: 3, retryDelay: 0 } }',
    'let calls = 0;\nexport const bad = () => { throw new TypeError(`call ${++calls}`); };\n',
  );
  expect((await errorOf(run()))?.message).toContain('call 1');
  expect(await errorOf(run({ retry: { retryExceptions: ['TimeoutEror'] } }))).toMatchObject({
    code: 'FP_UNKNOWN_RETRY_EXCEPTION',
  });
});

test('12: inputs are laid over those of the file, whichever way they are given', async () => {
  write(
    'run: { inputs: { a: 1, b: 2 } }',
    'export const sum = ({ a, b }: { a: number; b: number }) => a + b;\n',
  );
  expect((await run({ inputs: { b: 5 } })).outputs).toEqual({ sum: 6 });
  expect((await run(new RunConfigBuilder().withInputs({ b: 5 }).build())).outputs).toEqual({ sum: 6 });
  expect((await project.flowerpower(['pipeline', 'run', 'p', '-i', 'b=5', '-q'])).stdout).toBe('sum  6\n');
});

test('13: ${VAR:?…} says all of its message', async () => {
  write(
    'run: { inputs: { a: "${REQ:?must be set - see docs}" } }',
    'export const one = ({ a }: { a: string }) => a;\n',
  );
  expect((await errorOf(run()))?.message).toContain('must be set - see docs');
});

test('14: what variables give is judged like what files give', async () => {
  write('{}', 'export const one = () => 1;\n');
  const message = (await errorOf(run({}, { FP_PIPELINE__RUN__RETRY__MAX_RETRIES: 'abc' })))?.message;
  expect(message).toContain('FP_PIPELINE__RUN__RETRY__MAX_RETRIES');
});

test('15: importing the package changes nothing of the program that does', async () => {
  const entry = pathToFileURL(join(project.root, 'node_modules/flowerpower/dist/index.js')).href;
  const script = `const before = [process.eventNames().length, console.log, process.stdout.write];
await import(${JSON.stringify(entry)});
console.log([process.eventNames().length, console.log, process.stdout.write].every((each, at) => each === before[at]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout).toBe('true\n');
});

test('16: what is missing is an error that says so, errors keep their class, and the command is not mute', async () => {
  expect(await errorOf(FlowerPowerProject.load(join(project.root, 'nowhere')))).toMatchObject({
    code: 'FP_PROJECT_NOT_FOUND',
  });
  write('{}', "export const bad = () => { throw new RangeError('too far'); };\n");
  const error = await errorOf(run());
  expect(error).toBeInstanceOf(NodeExecutionError);
  expect(error?.cause).toMatchObject({ name: 'RangeError', message: 'too far' });
  const { status, stderr } = await project.flowerpower(['pipeline', 'run', 'q'], {
    env: { FP_LOG_LEVEL: 'CRITICAL' },
  });
  expect(status).toBe(2);
  expect(stderr).toContain("There is no pipeline 'q'");
});

test('17: neither a second run nor a retry imports the modules anew', async () => {
  write(
    'run: { retry: { maxRetries: 1, retryDelay: 0 } }',
    `let calls = 0;
export const shaky = () => {
  calls++;
  if (calls === 1) throw new Error('busy');
  return calls;
};
`,
  );
  const calls = await withProject(async (opened) => [
    (await opened.run('p')).outputs['shaky'],
    (await opened.run('p')).outputs['shaky'],
  ]);
  expect(calls).toEqual([2, 3]);
});

test('18: a key that does not exist is an error, with what was meant', async () => {
  write('run: { timout: 3 }', 'export const one = () => 1;\n');
  expect(await errorOf(run())).toMatchObject({
    code: 'FP_CONFIG_UNKNOWN_KEY',
    hint: expect.stringContaining('timeout') as string,
  });
});

test('19: FP_MAX_RETRIES is what a run without retries of its own has', async () => {
  write('{}', 'export const one = () => 1;\n');
  const { configuration } = await withProject(({ pipelineManager }) => pipelineManager.load('p'), {
    environment: { FP_MAX_RETRIES: '4' },
  });
  expect(configuration.value.run.retry.maxRetries).toBe(4);
});

test('20: a project whose folders have other names is found', async () => {
  project.write({
    'settings/project.yml': 'name: moved\n',
    'settings/pipelines/q.yml': 'run: { inputs: { a: 1 } }\n',
    'flows/q.ts': 'export const one = ({ a }: { a: number }) => a;\n',
  });
  const environment = { FP_CONFIG_DIR: 'settings', FP_PIPELINES_DIR: 'flows' };
  const { outputs } = await withProject((opened) => opened.run('q'), { environment });
  expect(outputs).toEqual({ one: 1 });
});

test('21: a command that does not exist ends with a message and the exit code of a slip', async () => {
  const { status, stderr } = await project.flowerpower(['ui']);
  expect(status).toBe(2);
  expect(stderr).toContain('FP_CLI_USAGE');
  expect(stderr).not.toContain('at file:');
});
