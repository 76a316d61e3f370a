/** What the compiler refuses, and JavaScript lets through: each is an error that names the option. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isFlowerPowerError } from '@flowerpower/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkEdges, findProjectRoot, FlowerPowerProject, newProject } from './index.js';

let root: string;
let project: FlowerPowerProject;
beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-arguments-')));
  for (const [path, content] of Object.entries({
    'conf/project.yml': 'name: shop\n',
    'pipelines/p.ts': 'export const a = ({ x = 1 }: { x?: number }) => x;\n',
  })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  project = await FlowerPowerProject.load(root, { environment: {} });
});
afterAll(async () => {
  await project.close();
  rmSync(root, { recursive: true, force: true });
});

async function refusal(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (isFlowerPowerError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return expect.fail('Nothing was thrown.');
}

const expectBadOption = async (run: () => unknown, text: string) =>
  expect(await refusal(run)).toMatch(new RegExp(`^FP_BAD_OPTION .*${text.replaceAll(/[.()?$]/g, '\\$&')}`));

const load = FlowerPowerProject.load as (dir?: unknown, options?: unknown) => Promise<unknown>;
const create = FlowerPowerProject.new as (options?: unknown) => Promise<unknown>;

describe('opening and making a project', () => {
  test.each<[unknown, unknown, string]>([
    [null, {}, 'FlowerPowerProject.load: The folder must be a text, not null'],
    [7, {}, 'The folder must be a text, not 7'],
    ['.', null, 'FlowerPowerProject.load: The options must be an object, not null'],
    ['.', 'dev', 'The options must be an object'],
    ['.', { evn: 'dev' }, "There is no option 'evn'"],
    ['.', { env: 7 }, 'env must be a text, not 7'],
    ['.', { environment: null }, 'environment must be an object of values by name'],
    ['.', { plugins: {} }, 'plugins must be a list of plugins'],
    ['.', { plugins: [null] }, 'plugins\\[0\\] must be an object'],
    ['.', { allowOutside: '../shared' }, 'allowOutside must be a list of folders'],
    ['.', { onEvent: 'log' }, 'onEvent must be a function'],
    ['.', { onMask: true }, 'onMask must be a function'],
    ['.', { log: console }, 'log must be a log, as createLogger makes it'],
    ['.', { scope: {} }, 'scope must be an AsyncLocalStorage'],
  ])('load(%o, %o)', (dir, options, text) => expectBadOption(() => load(dir, options), text));

  test.each<[unknown, string]>([
    [undefined, 'FlowerPowerProject.new: The options must be an object'],
    [{}, 'dir must be a text, not undefined'],
    [{ dir: 7 }, 'dir must be a text'],
    [{ dir: 'x', nme: 'y' }, "There is no option 'nme'"],
    [{ dir: 'x', overwrite: 'yes' }, 'overwrite must be true or false'],
  ])('new(%o)', (options, text) => expectBadOption(() => create(options), text));

  test('their parts', async () => {
    await expectBadOption(() => newProject(null as never), 'newProject: The options');
    await expectBadOption(() => newProject({ dir: 'x' } as never), 'version must be a text');
    await expectBadOption(() => findProjectRoot(undefined as never), 'The folder must be a text');
    await expectBadOption(() => checkEdges(null as never), 'checkEdges: The options');
    const some = { root, pipeline: 'p', modules: [] };
    await expectBadOption(
      () => checkEdges(some as never),
      'checkEdges: graph must be a graph, not undefined',
    );
  });
});

type Method = (...args: readonly unknown[]) => unknown;

test.each<[string, readonly unknown[], string]>([
  ['load', [null], 'The name of a pipeline must be a text, not null'],
  ['load', [undefined], 'The name of a pipeline must be a text'],
  ['load', ['p', null], 'The settings of this call: The options must be an object'],
  ['load', ['p', { timeuot: 3 }], "There is no option 'timeuot'"],
  ['load', ['p', { set: 'run.timeout=3' }], 'set must be a list of assignments'],
  ['load', ['p', { params: [] }], 'params must be'],
  ['run', [null], 'The pipeline must be the name of a pipeline, or one that was loaded'],
  ['run', [{}], 'The pipeline must be the name of a pipeline, or one that was loaded'],
  ['run', ['p', { inputs: null }], 'inputs must be'],
  ['run', ['p', { outputs: 'a' }], 'outputs must be a list of names'],
  ['run', ['p', { finalVars: ['a'] }], "There is no option 'finalVars'"],
  ['run', ['p', { max_concurrency: 1 }], "There is no option 'max_concurrency'"],
  ['run', ['p', { onEror: 'continue' }], "There is no option 'onEror'"],
  ['settle', [undefined], 'The pipeline must be'],
  ['runSync', [7], 'The name of a pipeline must be a text'],
  ['create', [null], 'The name of a pipeline must be a text'],
  ['create', ['q', { overwrit: true }], "There is no option 'overwrit'"],
  ['draw', ['p', 'gif'], "The format must be 'text', 'mermaid', 'dot', 'svg', 'png', 'pdf' or 'json'"],
  ['draw', ['p', 'text', { colour: true }], "There is no option 'colour'"],
  ['saveDrawing', ['p', 'gif', 'x.pdf'], 'The format must be'],
  ['saveDrawing', ['p', 'svg', null], 'The file must be a text'],
  ['check', [null], 'The name of a pipeline must be a text'],
  ['check', ['p', { openInputs: true }], "There is no option 'openInputs'"],
  ['check', ['p', { signal: {} }], 'signal must be an AbortSignal'],
  ['examine', [null], 'The pipeline must be'],
  ['unfinished', [null], 'The name of a pipeline must be a text'],
])('pipelineManager.%s(...%j)', (method, args, text) =>
  expectBadOption(
    () => (project.pipelineManager as unknown as Record<string, Method>)[method]!(...args),
    text,
  ),
);

test.each([
  ['since', /^If it is an input, write inputs: \{ since: … \}\. The options are: inputs, /],
  ['finalVars', /^In code it is 'outputs'\.$/],
  ['timeuot', /^Did you mean 'timeout'\?$/],
])('%s among the settings of a call: where it belongs', async (name, hint) => {
  await expect(project.run('p', { [name]: 1 })).rejects.toMatchObject({
    message: `The settings of this call: There is no option '${name}'.`,
    hint: expect.stringMatching(hint),
  });
});

test('values of run settings are judged as the configuration judges them', async () => {
  expect(await refusal(() => project.run('p', { timeout: -1, onError: 'continu' as never }))).toMatch(
    /run\.timeout must be a number above 0.*run\.onError must be fail or continue/s,
  );
});

test('settings of one call reach its run, and what belongs to a run only reaches it too', async () => {
  const { outputs } = await project.run('p', { timeout: 30, params: {}, inputs: { x: 2 }, outputs: ['a'] });
  expect(outputs).toEqual({ a: 2 });
  const loaded = await project.pipelineManager.load('p');
  await expectBadOption(
    () => project.pipelineManager.run(loaded, { timeout: 3 } as never),
    "There is no option 'timeout'",
  );
});

test.each(['../x', '/etc/x', 'a/../../x', '.hidden', 'a\\b', 'a b'])(
  'the environment %j is refused by name, wherever it comes from',
  async (env) => {
    const text = /^FP_ENVIRONMENT_NAME ".*" is not the name of an environment.*--env.*FP_ENV/;
    expect(await refusal(() => load(root, { env, environment: {} }))).toMatch(text);
    expect(await refusal(() => load(root, { environment: { FP_ENV: env } }))).toMatch(text);
  },
);

test('the compiler refuses what is refused when it runs', () => {
  const never = () => {
    // @ts-expect-error -- a folder
    void FlowerPowerProject.load(null);
    // @ts-expect-error -- no such option
    void FlowerPowerProject.load('.', { evn: 'dev' });
    // @ts-expect-error -- a folder
    void FlowerPowerProject.new({});
    // @ts-expect-error -- no such setting
    void project.run('p', { timeuot: 3 });
    // @ts-expect-error -- fail or continue
    void project.run('p', { onError: 'continu' });
    // @ts-expect-error -- a list of names
    void project.run('p', { outputs: 'a' });
    // @ts-expect-error -- no such format
    void project.pipelineManager.draw('p', 'gif');
    // @ts-expect-error -- no such option
    void project.pipelineManager.check('p', { openInputs: true });
  };
  expect(never).toBeTypeOf('function');
});
