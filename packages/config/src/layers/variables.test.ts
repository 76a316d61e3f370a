import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig } from '../resolve/resolve-pipeline-config.js';
import { resolveProjectConfig } from '../resolve/resolve-project-config.js';

async function pipeline(env: Record<string, string>) {
  return (await resolvePipelineConfig({ name: 'p', env })).value;
}

describe('FP_PIPELINE__', () => {
  it.each([
    ['RUN__TIMEOUT', '30', { run: { timeout: 30 } }],
    ['RUN__MAX_CONCURRENCY', '4', { run: { maxConcurrency: 4 } }],
    ['run__maxConcurrency', '4', { run: { maxConcurrency: 4 } }],
    ['RUN__RELOAD', 'true', { run: { reload: true } }],
    ['RUN__FINAL_VARS', 'a, b', { run: { finalVars: ['a', 'b'] } }],
    ['RUN__FINAL_VARS', '[a, "b,c"]', { run: { finalVars: ['a', 'b,c'] } }],
    ['RUN__FINAL_VARS', '', { run: { finalVars: [] } }],
    ['RUN__EXECUTOR', 'threads', { run: { executor: { type: 'threads' } } }],
    ['RUN__EXECUTOR', '{ type: ray, MAX_WORKERS: 2 }', { run: { executor: { type: 'ray', maxWorkers: 2 } } }],
    ['RUN__MAX_RETRIES', '2', { run: { retry: { maxRetries: 2 } } }],
    ['RUN__RETRY__RETRY_EXCEPTIONS', 'OSError', { run: { retry: { retryExceptions: ['OSError'] } } }],
    ['RUN__RETRY_EXCEPTIONS', 'A,B', { run: { retry: { retryExceptions: ['A', 'B'] } } }],
    ['RUN__INPUTS', '{"n": 1, "s": "1"}', { run: { inputs: { n: 1, s: '1' } } }],
    ['RUN__INPUTS__CamelCase', 'x', { run: { inputs: { CamelCase: 'x' } } }],
    ['RUN__INPUTS__snake_case', 'x', { run: { inputs: { snake_case: 'x' } } }],
    ['RUN__INPUTS__n', '12', { run: { inputs: { n: 12 } } }],
    ['RUN__INPUTS__b', 'false', { run: { inputs: { b: false } } }],
    ['RUN__INPUTS__PASSWORD', 'p,w', { run: { inputs: { PASSWORD: 'p,w' } } }],
    ['RUN__INPUTS__PASSWORD', '"5"', { run: { inputs: { PASSWORD: '5' } } }],
    ['RUN__INPUTS__rows', '[{"a": 1}, null]', { run: { inputs: { rows: [{ a: 1 }, null] } } }],
    ['PARAMS__spend__options', '{"deep": [true]}', { params: { spend: { options: { deep: [true] } } } }],
    ['RUN__INPUTS__PASSWORD', '[a', { run: { inputs: { PASSWORD: '[a' } } }],
    ['RUN__INPUTS__PASSWORD', '{x}', { run: { inputs: { PASSWORD: '{x}' } } }],
    ['RUN__INPUTS__PASSWORD', '$HOME ${X}', { run: { inputs: { PASSWORD: '$HOME ${X}' } } }],
    ['RUN__INPUTS__empty', '', { run: { inputs: { empty: '' } } }],
    ['PARAMS__spend__rolling', '3', { params: { spend: { rolling: 3 } } }],
    ['IO__LOAD__sales__TYPE', 'csv', { io: { load: { sales: { type: 'csv' } } } }],
    ['ADAPTER__HAMILTON_TRACKER__project_id', '17', { adapter: { hamiltonTracker: { project_id: 17 } } }],
    ['RUN__LOG_LEVEL', 'Warn', { run: { logLevel: 'WARNING' } }],
    ['NAME', 'other', { name: 'other' }],
  ])('%s=%s', async (name, value, expected) => {
    expect(await pipeline({ [`FP_PIPELINE__${name}`]: value })).toMatchObject(expected);
  });

  it('JSON is parsed as in an assignment', async () => {
    for (const json of ['[1, "a", null]', '{"a": {"b": [1.5]}}', '"5"', '"a, b"', 'true', '12', 'null']) {
      const set = await resolvePipelineConfig({ name: 'p', set: [`run.inputs.x=${json}`] });
      expect((await pipeline({ FP_PIPELINE__RUN__INPUTS__x: json })).run).toEqual(set.value.run);
    }
  });

  it('takes null back to the default, except where text belongs', async () => {
    const text = 'run: { timeout: 3, inputs: { a: 1 } }';
    const { value } = await resolvePipelineConfig({
      name: 'p',
      pipeline: { file: 'p.yml', text },
      env: {
        FP_PIPELINE__RUN__TIMEOUT: 'null',
        FP_PIPELINE__RUN__INPUTS: 'null',
        FP_PIPELINE__RUN__EXECUTOR__TYPE: 'null',
      },
    });
    expect(value.run).toMatchObject({ inputs: {}, executor: { type: 'null' } });
    expect(value.run).not.toHaveProperty('timeout');
  });

  it.each([
    [
      'FP_PIPELINE__RUN__TIMOUT',
      '1',
      'FP_CONFIG_UNKNOWN_KEY',
      "unknown key 'TIMOUT' in run. Did you mean 'TIMEOUT'?",
    ],
    ['FP_PIPELINE__RUN__MAX_CONCURENCY', '1', 'FP_CONFIG_UNKNOWN_KEY', "Did you mean 'MAX_CONCURRENCY'?"],
    [
      'FP_PIPELINE__RUNN__TIMEOUT',
      '1',
      'FP_CONFIG_UNKNOWN_KEY',
      "unknown key 'RUNN' in the top level. Did you mean 'RUN'?",
    ],
    ['FP_PIPELINE__RUN__TIMEOUT', 'abc', 'FP_CONFIG_TYPE', 'run.timeout must be a number'],
    ['FP_PIPELINE__RUN__TIMEOUT', '', 'FP_CONFIG_TYPE', 'run.timeout must be a number'],
    ['FP_PIPELINE__RUN__RELOAD', 'yes', 'FP_CONFIG_TYPE', 'run.reload must be true or false'],
    ['FP_PIPELINE__RUN__RETRY__MAX_RETRIES', '1.5', 'FP_CONFIG_VALUE', 'must be a whole number'],
    ['FP_PIPELINE__RUN__INPUTS__id', '9007199254740993', 'FP_CONFIG_UNSAFE_INTEGER', 'run.inputs.id'],
    ['FP_PIPELINE__RUN__TIMEOUT', '9007199254740993', 'FP_CONFIG_UNSAFE_INTEGER', 'run.timeout'],
    ['FP_PIPELINE__RUN__INPUTS', '{a: 1', 'FP_CONFIG_YAML_SYNTAX', 'FP_PIPELINE__RUN__INPUTS'],
    ['FP_PIPELINE__RUN__INPUTS', '['.repeat(20_000), 'FP_CONFIG_YAML_LIMIT', 'FP_PIPELINE__RUN__INPUTS'],
    ['FP_PIPELINE__RUN____X', '1', 'FP_CONFIG_VARIABLE_NAME', 'not a path'],
    ['FP_PIPELINE__', '1', 'FP_CONFIG_VARIABLE_NAME', 'not a path'],
    ['FP_PROJECT__HOKS_DIR', 'x', 'FP_CONFIG_UNKNOWN_KEY', "Did you mean 'HOOKS_DIR'?"],
  ])('%s=%s is refused', async (name, value, code, message) => {
    await expect(pipeline({ [name]: value })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
    await expect(pipeline({ [name]: value })).rejects.toThrow(`environment variable ${name}: `);
  });

  it.each([
    [['RUN__MAX_RETRIES', 'RUN__RETRY__MAX_RETRIES'], '1'],
    [['RUN__LOG_LEVEL', 'run__logLevel'], 'INFO'],
    [['RUN__RETRY', 'RUN__RETRY__MAX_RETRIES'], '{max_retries: 1}'],
    [['RUN__INPUTS__a', 'RUN__INPUTS__a__b'], '1'],
  ])('refuses two variables for one place: %s', async (names, value) => {
    const env = Object.fromEntries(names.map((name) => [`FP_PIPELINE__${name}`, value]));
    env['FP_PIPELINE__RUN__RETRY__MAX_RETRIES'] &&= '1';
    await expect(pipeline(env)).rejects.toMatchObject({ code: 'FP_CONFIG_KEY_CONFLICT' });
  });

  it('lets variables that share a map live side by side', async () => {
    const { run } = await pipeline({
      FP_PIPELINE__RUN__INPUTS__a: '1',
      FP_PIPELINE__RUN__INPUTS__ab: '2',
      FP_PIPELINE__RUN__INPUTS: '{c: 3}',
    });
    expect(run.inputs).toEqual({ a: 1, ab: 2, c: 3 });
  });
});

it('reads the global variables', async () => {
  const { run } = await pipeline({
    FP_LOG_LEVEL: 'fatal',
    FP_EXECUTOR: 'threads',
    FP_EXECUTOR_MAX_WORKERS: '3',
    FP_EXECUTOR_NUM_CPUS: '1.5',
    FP_MAX_RETRIES: '2',
    FP_RETRY_DELAY: '0.5',
    FP_JITTER_FACTOR: '0',
    FP_ENV: 'prod',
    FP_CONFIG_DIR: 'conf',
  });
  expect(run).toMatchObject({
    logLevel: 'CRITICAL',
    executor: { type: 'threads', maxWorkers: 3, numCpus: 1.5 },
    retry: { maxRetries: 2, retryDelay: 0.5, jitterFactor: 0 },
  });
});

it('reads FP_PROJECT__ for the project, and its run for pipelines', async () => {
  const env = { FP_PROJECT__NAME: 'shop', FP_PROJECT__PLUGINS: 'a,b', FP_PROJECT__RUN__TIMEOUT: '9' };
  expect((await resolveProjectConfig({ env })).value).toMatchObject({
    name: 'shop',
    plugins: ['a', 'b'],
    run: { timeout: 9 },
  });
  expect((await pipeline(env)).run.timeout).toBe(9);
});

it.each([
  ['FP_LOGLEVEL', 'FP_LOG_LEVEL'],
  ['FP_LOG_LEVL', 'FP_LOG_LEVEL'],
  ['FP_TIMEOUT', 'FP_PIPELINE__RUN__TIMEOUT'],
  ['FP_CACHE', 'FP_PIPELINE__RUN__CACHE__ENABLED'],
])('warns of %s, which has no effect', async (name, meant) => {
  const { warnings } = await resolvePipelineConfig({
    name: 'p',
    env: { [name]: '1', FP_TOKEN_OF_MINE: 'x' },
  });
  expect(warnings.map(({ message }) => message)).toEqual([
    `environment variable ${name}: the variable has no effect. Did you mean '${meant}'?`,
  ]);
});

it('says nothing of the short variables that there are', async () => {
  const { warnings } = await resolvePipelineConfig({
    name: 'p',
    env: { FP_LOG_LEVEL: 'INFO', FP_MAX_RETRIES: '1', FP_ENV: 'x', FP_CACHE_DIR: 'x' },
  });
  expect(warnings).toEqual([]);
});

it('warns of a mistyped prefix', async () => {
  const { warnings } = await resolvePipelineConfig({
    name: 'p',
    env: { FP_PIPLINE__RUN__TIMEOUT: '1', FP_OTHER__TOOL: 'x', MY__PIPELINE__X: '1' },
  });
  expect(warnings).toMatchObject([{ code: 'FP_CONFIG_VARIABLE_NAME' }]);
  expect(warnings[0]?.message).toBe(
    "environment variable FP_PIPLINE__RUN__TIMEOUT: the variable has no effect. Did you mean 'FP_PIPELINE__RUN__TIMEOUT'?",
  );
});
