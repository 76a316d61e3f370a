import { FlowerPowerError } from '@flowerpower/core';
import { describe, expect, it } from 'vitest';
import type { ConfigErrorCode } from '../errors/catalogue.js';
import { resolvePipelineConfig, type ResolvePipelineOptions } from './resolve-pipeline-config.js';
import { resolveProjectConfig, type ResolveProjectOptions } from './resolve-project-config.js';

async function failure(promise: Promise<unknown>): Promise<FlowerPowerError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FlowerPowerError)) throw new Error('The promise did not reject as expected.');
  return error;
}

const pipelineError = (text: string, more: Partial<ResolvePipelineOptions> = {}) =>
  failure(resolvePipelineConfig({ name: 'p', pipeline: { file: 'conf/pipelines/p.yml', text }, ...more }));
const projectError = (text: string, more: Partial<ResolveProjectOptions> = {}) =>
  failure(resolveProjectConfig({ project: { file: 'conf/project.yml', text }, ...more }));

describe('every kind of problem names its place and shows it (C39)', () => {
  const cases: [ConfigErrorCode, string, number, number, RegExp][] = [
    [
      'FP_CONFIG_UNKNOWN_KEY',
      'run:\n  finl_vars: []',
      2,
      3,
      /unknown key 'finl_vars' in run\. Did you mean 'final_vars'\?/,
    ],
    ['FP_CONFIG_UNKNOWN_KEY', 'run:\n  finlVars: []', 2, 3, /Did you mean 'finalVars'\?/],
    ['FP_CONFIG_UNKNOWN_KEY', 'run:\n  max_retires: 1', 2, 3, /Did you mean 'max_retries'\?/],
    [
      'FP_CONFIG_UNKNOWN_KEY',
      'parms: {}',
      1,
      1,
      /unknown key 'parms' in the top level\. Did you mean 'params'\?/,
    ],
    [
      'FP_CONFIG_UNKNOWN_KEY',
      'run:\n  executor: { type: a, workers: 2 }',
      2,
      24,
      /unknown key 'workers' in run\.executor/,
    ],
    ['FP_CONFIG_UNKNOWN_KEY', 'adapter:\n  ml_flow: {}', 2, 3, /Did you mean 'mlflow'\?/],
    ['FP_CONFIG_TYPE', 'run:\n  timeout: soon', 2, 12, /run\.timeout must be a number, got the text "soon"/],
    ['FP_CONFIG_TYPE', 'run:\n  timeout: "30"', 2, 12, /must be a number/],
    ['FP_CONFIG_TYPE', 'run:\n  final_vars: a', 2, 15, /run\.finalVars must be a list, got the text "a"/],
    [
      'FP_CONFIG_TYPE',
      'run:\n  final_vars:\n    - a\n    - 5',
      4,
      7,
      /run\.finalVars\.1 must be text, got the number 5/,
    ],
    ['FP_CONFIG_TYPE', 'run:\n  final_vars: [a, null]', 2, 19, /run\.finalVars\.1 must be a value, got null/],
    ['FP_CONFIG_TYPE', 'run: [a]', 1, 6, /run must be a map, got a list/],
    ['FP_CONFIG_TYPE', 'run:\n  inputs: 5', 2, 11, /run\.inputs must be a map, got the number 5/],
    ['FP_CONFIG_TYPE', 'run:\n  reload: { a: 1 }', 2, 11, /run\.reload must be true or false, got a map/],
    ['FP_CONFIG_TYPE', '- a', 1, 1, /must be a map of keys, got a list/],
    ['FP_CONFIG_TYPE', 'io: { load: { a: csv } }', 1, 18, /io\.load\.a must be a map/],
    ['FP_CONFIG_VALUE', 'run:\n  timeout: 0', 2, 12, /a number above 0, got the number 0/],
    ['FP_CONFIG_VALUE', 'run:\n  timeout: .inf', 2, 12, /a finite number/],
    [
      'FP_CONFIG_VALUE',
      'run:\n  max_retries: -1',
      2,
      16,
      /run\.retry\.maxRetries must be a whole number of at least 0/,
    ],
    ['FP_CONFIG_VALUE', 'run:\n  max_concurrency: 1.5', 2, 20, /a whole number/],
    [
      'FP_CONFIG_VALUE',
      'run:\n  log_level: DEBGU',
      2,
      14,
      /one of DEBUG, INFO, WARNING, ERROR, CRITICAL, got the text "DEBGU"\. Did you mean 'DEBUG'\?/,
    ],
    [
      'FP_CONFIG_VALUE',
      'run:\n  on_error: contineu',
      2,
      13,
      /fail or continue, got .+ Did you mean 'continue'\?/,
    ],
    ['FP_CONFIG_VALUE', 'run:\n  final_vars: [" "]', 2, 16, /text that is not blank/],
    ['FP_CONFIG_VALUE', 'name: ../p', 1, 7, /name must be a pipeline name/],
    ['FP_CONFIG_REQUIRED', 'io:\n  save:\n    out: { path: a.csv }', 3, 5, /io\.save\.out\.type is missing/],
    [
      'FP_CONFIG_KEY_CONFLICT',
      'run:\n  final_vars: [a]\n  finalVars: [b]',
      3,
      3,
      /run\.finalVars is already given at conf\/pipelines\/p\.yml:2:3/,
    ],
    [
      'FP_CONFIG_DUPLICATE_KEY',
      'run:\n  inputs: { a: 1 }\n  inputs: { b: 1 }',
      3,
      3,
      /'inputs' is already given/,
    ],
    ['FP_CONFIG_FORBIDDEN_KEY', 'params:\n  __proto__: { a: 1 }', 2, 3, /key '__proto__' in params/],
    ['FP_CONFIG_FORBIDDEN_KEY', 'run:\n  inputs: { l: [{ constructor: 1 }] }', 2, 19, /'constructor'/],
    [
      'FP_CONFIG_VARIABLE_UNSET',
      'run:\n  inputs:\n    db: "x-${DB_HOTS}"',
      3,
      9,
      /run\.inputs\.db: environment variable 'DB_HOTS' is not set\. Did you mean 'DB_HOST'\?/,
    ],
    [
      'FP_CONFIG_VARIABLE_UNSET',
      'params:\n  f: { k: "${DB:?ask the team - see docs}" }',
      2,
      11,
      /'DB' is not set: ask the team - see docs/,
    ],
    [
      'FP_CONFIG_INTERPOLATION',
      'params:\n  f: { k: "${secret DB}" }',
      2,
      11,
      /a reference has no known operator after 'secret'/,
    ],
    [
      'FP_CONFIG_REFERENCE',
      'run:\n  inputs: { day: 1 }\n  config: { d: "${run.inputs.dya}" }',
      3,
      16,
      /'run\.inputs\.dya' has no value\. Did you mean 'day'\?/,
    ],
    [
      'FP_CONFIG_REFERENCE',
      'params:\n  f: { k: "x ${rnu.inputs.day}" }',
      2,
      11,
      /The configuration has no 'rnu\.inputs\.day'\. Did you mean 'run'\?/,
    ],
    [
      'FP_CONFIG_REFERENCE',
      'run:\n  inputs: { a: [1] }\n  config: { d: "${run.inputs.a}" }',
      3,
      16,
      /'run\.inputs\.a' is a list, which cannot be part of a text/,
    ],
    [
      'FP_CONFIG_REFERENCE_CYCLE',
      'params:\n  f:\n    a: ${params.f.b}\n    b: ${params.f.a}',
      3,
      8,
      /params\.f\.a → params\.f\.b → params\.f\.a: the values refer to each other in a circle/,
    ],
    [
      'FP_CONFIG_REFERENCE_FILE',
      'params:\n  f: { k: "${file:./q.sql}" }',
      2,
      11,
      /the file '\.\/q\.sql' cannot be taken/,
    ],
    ['FP_CONFIG_UNSAFE_INTEGER', 'run:\n  inputs: { id: 9007199254740993 }', 2, 17, /beyond 2\^53/],
    ['FP_CONFIG_YAML_SYNTAX', 'run:\n  inputs: { a: 1', 2, 11, /.+/],
    ['FP_CONFIG_YAML_TAG', 'run:\n  inputs: { a: !!python/object x }', 2, 32, /unknown tag/],
  ];
  it.each(cases)('%s: %j', async (code, text, line, column, message) => {
    const error = await pipelineError(text, { env: { DB_HOST: 'h' } });
    expect(error.code).toBe(code);
    expect(error.problems).toHaveLength(1);
    expect(error.places[0]).toEqual({ file: 'conf/pipelines/p.yml', line, column });
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`conf/pipelines/p.yml:${line}:${column}: `)).toBe(true);
    const frame = error.message.split('\n').slice(1);
    const marked = frame.findIndex((each) => each.startsWith(`> ${line} | `));
    expect(frame[marked + 1]?.indexOf('^')).toBe(column - 1 + `> ${line} | `.length);
  });

  it('a setting at its former place and at its own: the latter counts, with a warning that names both', async () => {
    const text = 'run:\n  max_retries: 2\n  retry: { max_retries: 1, retry_delay: 3 }\n  retry_delay: null\n';
    const { value, warnings } = await resolvePipelineConfig({ name: 'p', pipeline: { file: 'p.yml', text } });
    expect(value.run.retry).toMatchObject({ maxRetries: 1, retryDelay: 3 });
    expect(warnings).toMatchObject([
      {
        code: 'FP_CONFIG_FORMER_PLACE',
        message: expect.stringContaining(
          'run.maxRetries has no effect beside run.retry.maxRetries at p.yml:3:12',
        ),
        places: [{ line: 2 }, { line: 3 }],
      },
    ]);
  });

  it('gives both places of a conflict', async () => {
    const { places } = await pipelineError('run:\n  final_vars: [a]\n  finalVars: [b]');
    expect(places.map(({ line }) => line)).toEqual([3, 2]);
  });

  it('lists the known keys', async () => {
    expect((await pipelineError('io: { lod: {} }')).hint).toBe('Known keys: load, save.');
  });

  it('names the overlay', async () => {
    const overlay = { file: 'conf/env/prod.yml', text: 'pipelines:\n  p:\n    run: { timeot: 3 }\n' };
    const error = await pipelineError('', { overlay });
    expect(error.places).toEqual([{ file: 'conf/env/prod.yml', line: 3, column: 12 }]);
    expect(error.message).toContain("unknown key 'timeot' in pipelines.p.run. Did you mean 'timeout'?");
  });

  it.each([
    ['pipline: {}', /unknown key 'pipline' in the top level\. Did you mean 'pipeline'/],
    ['pipelines: [p]', /pipelines must be a map/],
    ['project: 3', /project must be a map/],
  ])('refuses the overlay %j', async (text, message) => {
    expect((await projectError('', { overlay: { file: 'prod.yml', text } })).message).toMatch(message);
  });

  it('refuses an overlay for a pipeline that does not exist', async () => {
    const overlay = { file: 'prod.yml', text: 'pipelines:\n  salse: {}\n' };
    const error = await projectError('', { overlay, knownPipelines: ['sales', 'stock'] });
    expect(error).toMatchObject({
      code: 'FP_CONFIG_UNKNOWN_PIPELINE',
      places: [{ file: 'prod.yml', line: 2, column: 3 }],
    });
    expect(error.message).toContain("no pipeline 'salse'. Did you mean 'sales'?");
  });

  it('lists each pipeline once where files and modules give it several names', async () => {
    const overlay = { file: 'prod.yml', text: 'pipelines:\n  other: {}\n' };
    const knownPipelines = ['my-sales', 'my_sales', 'stock', 'stock'];
    const { hint } = await projectError('', { overlay, knownPipelines });
    expect(hint).toBe('Pipelines: my-sales, stock.');
  });

  it.each([
    ['name: ../x', /without "\.\."/],
    ['name: "  "', /not blank/],
    ['allow_outside: x', /allowOutside must be a list/],
    ['plugins: x', /plugins must be a list/],
    ['run: { timeout: x }', /run\.timeout must be a number/],
  ])('refuses the project %j', async (text, message) => {
    expect((await projectError(text)).message).toMatch(message);
  });
});

it('tells all problems at once, from every layer', async () => {
  const error = await pipelineError(
    'run:\n  timeout: soon\n  log_level: LOUD\n  final_vars: ["${A}"]\n  cahe: 1\n',
    {
      project: { file: 'conf/project.yml', text: 'nam: x\nrun: { reload: 1 }' },
      overlay: { file: 'env.yml', text: 'pipeline: { run: { inputs: 3 } }' },
      env: { FP_PIPELINE__RUN__NOPE: '1', FP_MAX_RETRIES: 'many' },
      set: ['run.timeout=x', 'nonsense'],
      overrides: { run: { retry: { max_retries: -1 } } },
    },
  );
  expect(error.code).toBe('FP_CONFIG_INVALID');
  expect(error.message).toMatch(/^The configuration of pipeline 'p' is not valid: 12 problems\n/);
  expect(error.problems.map(({ code }) => code).sort()).toEqual([
    'FP_CONFIG_SET_SYNTAX',
    'FP_CONFIG_TYPE',
    'FP_CONFIG_TYPE',
    'FP_CONFIG_TYPE',
    'FP_CONFIG_TYPE',
    'FP_CONFIG_TYPE',
    'FP_CONFIG_UNKNOWN_KEY',
    'FP_CONFIG_UNKNOWN_KEY',
    'FP_CONFIG_UNKNOWN_KEY',
    'FP_CONFIG_VALUE',
    'FP_CONFIG_VALUE',
    'FP_CONFIG_VARIABLE_UNSET',
  ]);
});

it('goes on after a fault that spoils one value only', async () => {
  const error = await pipelineError('run:\n  inputs: { a: 1, a: 2, b: !x 1 }\n  timeout: soon\n');
  expect(error.problems.map(({ code }) => code)).toEqual([
    'FP_CONFIG_DUPLICATE_KEY',
    'FP_CONFIG_YAML_TAG',
    'FP_CONFIG_TYPE',
  ]);
});

it('refuses a name that is not a pipeline name', async () => {
  await expect(resolvePipelineConfig({ name: '../x' })).rejects.toMatchObject({ code: 'FP_CONFIG_NAME' });
});

describe('prototype pollution (C38)', () => {
  const names = ['__proto__', 'constructor', 'prototype'];

  it.each(names)('%s is refused in every layer', async (name) => {
    const json = `{"run":{"inputs":{"${name}":{"polluted":1}}}}`;
    const text = `run: { inputs: { "${name}": { polluted: 1 } } }`;
    const attempts: Partial<ResolvePipelineOptions>[] = [
      { pipeline: { file: 'a.yml', text } },
      { project: { file: 'a.yml', text } },
      { overlay: { file: 'a.yml', text: `pipeline: ${json}` } },
      {
        pipeline: {
          file: 'a.yml',
          text: `params: &p { "${name}": { polluted: 1 } }\nrun: { inputs: { <<: *p } }`,
        },
      },
      { env: { FP_PIPELINE__RUN__INPUTS: `{"${name}": {"polluted": 1}}` } },
      { set: [`run.inputs.${name}.polluted=1`] },
      { set: [`run.inputs={${name}: {polluted: 1}}`] },
      { overrides: JSON.parse(json) as object },
      { overrides: JSON.parse(`{"${name}":{"polluted":1}}`) as object },
    ];
    for (const attempt of attempts) {
      const error = await failure(resolvePipelineConfig({ name: 'p', ...attempt }));
      const codes = new Set(error.problems.map(({ code }) => code));
      expect(codes).toEqual(new Set(['FP_CONFIG_FORBIDDEN_KEY']));
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('is refused or without effect in names of variables', async () => {
    for (const name of [
      'FP_PIPELINE__RUN__INPUTS__constructor',
      'FP_PIPELINE__RUN__INPUTS____proto__',
      'FP_PIPELINE____proto____x',
    ]) {
      await failure(resolvePipelineConfig({ name: 'p', env: { [name]: '1' } }));
    }
    const env = JSON.parse('{"__proto__": {"X": "inherited"}}') as Record<string, string>;
    await failure(
      resolvePipelineConfig({
        name: 'p',
        env,
        pipeline: { file: 'a.yml', text: 'params: { f: "$toString" }' },
      }),
    );
  });

  it('is refused as the name of a pipeline in the overlay, which is only looked up', async () => {
    const overlay = { file: 'a.yml', text: 'pipelines: { __proto__: { run: { timeout: 1 } } }' };
    expect((await resolvePipelineConfig({ name: 'constructor', overlay })).value.run).not.toHaveProperty(
      'timeout',
    );
  });
});

it('never repeats a value from the environment in a message', async () => {
  const secret = 's3cr3t-value';
  const lines = [
    'timeout: ${PW}',
    'log_level: "x${PW}"',
    'on_error: ${PW}',
    'reload: ${PW}',
    'executor: { max_workers: "${PW}" }',
  ];
  const error = await pipelineError(`run:\n  ${lines.join('\n  ')}\n`, {
    env: {
      PW: secret,
      FP_LOG_LEVEL: secret,
      FP_RETRY_DELAY: secret,
      FP_PIPELINE__RUN__RETRY__JITTER_FACTOR: secret,
      FP_PIPELINE__RUN__EXECUTOR: `{ max_workers: ${secret} }`,
    },
    set: [`run.timeout=${secret}`, `run.on_error=${secret}`],
  });
  expect(error.problems).toHaveLength(11);
  expect(JSON.stringify([error.message, error.hint, error.problems, error.places])).not.toContain(secret);
});
