/** The claims about configuration, by their ids. */
import { describe, expect, it, test } from 'vitest';
import { resolvePipelineConfig, type ResolvePipelineOptions } from './resolve/resolve-pipeline-config.js';
import { resolveProjectConfig } from './resolve/resolve-project-config.js';
import type { PipelineConfig } from './schema/pipeline-config.js';

type Given = Partial<ResolvePipelineOptions>;
const file = (name: string, text: string) => ({ file: name, text });
const resolve = (text: string, given: Given = {}) =>
  resolvePipelineConfig({ name: 'p', pipeline: file('conf/pipelines/p.yml', text), ...given });
const inputsOf = async (text: string, given: Given = {}) => (await resolve(text, given)).value.run.inputs;

describe('C37: hostile YAML is refused, the process lives, and the next text is read', () => {
  const laughs = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`).join('\n')}`;
  const attacks: Readonly<Record<string, string>> = {
    '20,000 levels of flow': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    '2,000 levels of blocks': Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index)}k:`).join('\n'),
    'billion laughs': laughs,
    '50,000 keys': Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n'),
    '128 kB of empty merges': `e: &e {}\nm:\n${'  <<: *e\n'.repeat(14_000)}`,
    '5 MB': `text: ${'x'.repeat(5 * 1024 * 1024)}`,
    'references that double': Array.from({ length: 40 }, (_, index) =>
      index === 0
        ? 'params:\n  f:\n    a0: abcdefgh'
        : `    a${index}: "\${params.f.a${index - 1}}\${params.f.a${index - 1}}"`,
    ).join('\n'),
    '10,000 levels of references': `params: { f: "${'${A:-'.repeat(10_000)}" }`,
  };
  const ways: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
    pipeline: (text) => resolve(text),
    project: (text) => resolveProjectConfig({ project: file('conf/project.yml', text) }),
    overlay: (text) => resolve('', { overlay: file('conf/env/prod.yml', text) }),
  };
  test.each(Object.entries(attacks))('%s', async (_name, text) => {
    for (const way of Object.values(ways)) {
      // Twice: the second time aborted the process once.
      for (let time = 0; time < 2; time += 1)
        await expect(way(text)).rejects.toMatchObject({ code: expect.stringMatching(/^FP_CONFIG_/) });
    }
    await expect(inputsOf('run: { inputs: { a: 1 } }')).resolves.toEqual({ a: 1 });
  });

  test('20,000 levels in an assignment and in a variable', async () => {
    const deep = '['.repeat(20_000);
    await expect(resolve('', { set: [`run.inputs.a=${deep}`] })).rejects.toMatchObject({
      code: 'FP_CONFIG_YAML_LIMIT',
    });
    await expect(resolve('', { env: { FP_PIPELINE__RUN__FINAL_VARS: deep } })).rejects.toMatchObject({
      code: 'FP_CONFIG_YAML_LIMIT',
    });
  });
});

describe('C38: no key reaches a prototype', () => {
  const polluting = (key: string) => `{ ${key}: { polluted: yes } }`;
  const keys = ['__proto__', 'constructor', 'prototype', '"__proto__"', 'constructor: { prototype'];
  const closed = (key: string) => (key.includes('{') ? `{ ${key}: { polluted: yes } } }` : polluting(key));
  const ways: readonly (readonly [string, (key: string) => Given | string])[] = [
    ['pipeline', (key) => `params: ${closed(key)}`],
    ['a list in inputs', (key) => `run: { inputs: { a: [${closed(key)}] } }`],
    ['a merge key', (key) => `run: { inputs: { <<: ${closed(key)} } }`],
    ['an alias', (key) => `params: { a: &a ${closed(key)}, b: { <<: *a } }`],
    [
      'overlay',
      (key) => ({ overlay: file('conf/env/prod.yml', `pipelines: { p: { params: ${closed(key)} } }`) }),
    ],
    ['--set of a map', (key) => ({ set: [`run.inputs.a=${closed(key)}`] })],
    ['a reference to a map', (key) => `params: { a: ${closed(key)} }\nrun:\n  inputs:\n    b: \${params.a}`],
  ];
  test.each(ways.flatMap(([way, give]) => keys.map((key) => [way, key, give] as const)))(
    '%s, %s',
    async (_way, key, give) => {
      const given = give(key);
      await expect(typeof given === 'string' ? resolve(given) : resolve('', given)).rejects.toMatchObject({
        problems: expect.arrayContaining([
          expect.objectContaining({ code: 'FP_CONFIG_FORBIDDEN_KEY' }),
        ]) as unknown,
      });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  test.each(['__proto__', 'constructor', 'prototype'])(
    'a path of an assignment, a variable, and code: %s',
    async (key) => {
      const forbidden = { code: 'FP_CONFIG_FORBIDDEN_KEY' };
      await expect(resolve('', { set: [`run.inputs.${key}.polluted=yes`] })).rejects.toMatchObject(forbidden);
      await expect(
        resolve('', { set: [{ path: `params.${key}`, flag: '--set-string', value: 'x' }] }),
      ).rejects.toMatchObject(forbidden);
      if (key !== '__proto__')
        await expect(
          resolve('', { env: { [`FP_PIPELINE__PARAMS__${key}__polluted`]: 'yes' } }),
        ).rejects.toMatchObject(forbidden);
      const overrides = {
        params: JSON.parse(`{ "${key}": { "polluted": "yes" } }`) as Record<string, unknown>,
      };
      await expect(resolve('', { overrides })).rejects.toMatchObject(forbidden);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );
});

describe('C39: a slip in the overlay is told with file, line, column, the line itself and what was probably meant', () => {
  const overlay = (text: string): Given => ({
    overlay: file('conf/env/prod.yml', `# of production\npipelines:\n  p:\n    ${text}\n`),
  });
  test.each([
    ['run: { timeout: soon }', 'FP_CONFIG_TYPE', 4, 21, 'run.timeout must be a number, got the text "soon"'],
    ['run: { timeot: 5 }', 'FP_CONFIG_UNKNOWN_KEY', 4, 12, "Did you mean 'timeout'?"],
    ['run: { logLevel: DEBG }', 'FP_CONFIG_VALUE', 4, 22, "Did you mean 'DEBUG'?"],
    ['run: { onError: ignore }', 'FP_CONFIG_VALUE', 4, 21, 'must be fail or continue'],
  ])('%s', async (text, code, line, column, message) => {
    const error: unknown = await resolve('', overlay(text)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, places: [{ file: 'conf/env/prod.yml', line, column }] });
    expect(String(error)).toContain(message);
    expect(String(error)).toContain(`conf/env/prod.yml:${line}:${column}`);
    expect(String(error)).toContain(`> ${line} |     ${text}`);
  });
});

describe('C40: what the original got wrong', () => {
  it('interpolate(…, env={}) → explicit env wins, even empty', async () => {
    process.env['FLOWERPOWER_C40'] = 'of the process';
    try {
      await expect(
        inputsOf('run: { inputs: { a: "${FLOWERPOWER_C40}" } }', { env: {} }),
      ).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
      await expect(inputsOf('run: { inputs: { a: "${FLOWERPOWER_C40:-none}" } }')).resolves.toEqual({
        a: 'none',
      });
    } finally {
      delete process.env['FLOWERPOWER_C40'];
    }
  });
  test.each([
    ['${A:-${B:-x}} → nested defaults work', '${A:-${B:-x}}', 'x'],
    ['${A-a:-b} → leftmost operator after the name', '${A-a:-b}', 'a:-b'],
    ['${U-http://h/x:-?y} → http://h/x:-?y', '${U-http://h/x:-?y}', 'http://h/x:-?y'],
    ['${X:-} means empty', '${X:-}', ''],
  ])('%s', async (_row, text, expected) => {
    await expect(inputsOf(`run: { inputs: { a: "${text}" } }`)).resolves.toEqual({ a: expected });
  });
  it('${TYPO} unset → error with did-you-mean', async () => {
    await expect(resolve('run: { inputs: { a: "${DB_HOTS}" } }', { env: { DB_HOST: 'h' } })).rejects.toThrow(
      "'DB_HOTS' is not set. Did you mean 'DB_HOST'?",
    );
  });
  test.each(['12345', 'true', '{"a":1}', '[1]', 'null'])(
    'PW=%s → string unless the schema says otherwise',
    async (PW) => {
      const text = 'run:\n  inputs: { quoted: "${PW}" }\n  config:\n    secret: ${secret:PW}\n';
      const { value } = await resolve(text, { env: { PW } });
      expect([value.run.inputs['quoted'], value.run.config['secret']]).toEqual([PW, PW]);
      expect((await resolve('run:\n  timeout: ${PW}', { env: { PW: '12' } })).value.run.timeout).toBe(12);
    },
  );
  it('FP_…__PASSWORD=p,w → string; typed by schema', async () => {
    const env = { FP_PIPELINE__RUN__INPUTS__PASSWORD: 'p,w', FP_PIPELINE__RUN__FINAL_VARS: 'a,b' };
    const { run } = (await resolve('', { env })).value;
    expect([run.inputs['PASSWORD'], run.finalVars]).toEqual(['p,w', ['a', 'b']]);
  });
  it('FP_PIPELINE__RUN__INPUTS__CamelCase → case kept, and matched against the schema', async () => {
    const env = { FP_PIPELINE__RUN__INPUTS__CamelCase: 'x', FP_PIPELINE__RUN__MaxConcurrency: '3' };
    const { run } = (await resolve('', { env })).value;
    expect([run.inputs, run.maxConcurrency]).toEqual([{ CamelCase: 'x' }, 3]);
  });
  it('max_retries default → one documented default', async () => {
    const { value, explain } = await resolve('');
    expect(value.run.retry.maxRetries).toBe(0);
    expect(explain('run.max_retries').winner).toEqual({ value: 0, layer: 'default', place: 'default' });
  });
  // "unknown retry exception name → exit 2" is a test of the runner, which knows the names: C06.
});

describe('every key of the original is wired, or refused with a hint', () => {
  const project = async (text: string) => resolveProjectConfig({ project: file('conf/project.yml', text) });
  const at = (value: unknown, path: string) =>
    path
      .split('.')
      .reduce<unknown>(
        (inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key],
        value,
      );

  test.each([
    ['name: shop', 'name', 'shop'],
    ['hooks_dir: my_hooks', 'hooksDir', 'my_hooks'],
    [
      'adapter: { hamilton_tracker: { username: u, api_url: "http://localhost:8241" } }',
      'adapter.hamiltonTracker.username',
      'u',
    ],
    [
      'adapter: { mlflow: { tracking_uri: x, registry_uri: y, artifact_location: z } }',
      'adapter.mlflow.registry_uri',
      'y',
    ],
    [
      'adapter: { ray: { shutdown_ray_on_completion: false } }',
      'adapter.ray.shutdown_ray_on_completion',
      false,
    ],
  ])('project.yml: %s', async (text, path, expected) => {
    const { value, warnings } = await project(text);
    expect(at(value, path)).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  const wired: readonly (readonly [string, string, unknown])[] = [
    ['name: q', 'name', 'q'],
    ['params: { f: { k: 3 } }', 'params.f.k', 3],
    ['adapter: { hamilton_tracker: { project_id: 1 } }', 'adapter.hamiltonTracker.project_id', 1],
    ['adapter: { mlflow: { experiment_name: e } }', 'adapter.mlflow.experiment_name', 'e'],
    ['run: { inputs: { a: 1 } }', 'run.inputs.a', 1],
    ['run: { config: { a: 1 } }', 'run.config.a', 1],
    ['run: { final_vars: [a] }', 'run.finalVars', ['a']],
    ['run: { cache: true }', 'run.cache.enabled', true],
    ['run: { cache: { path: c } }', 'run.cache.dir', 'c'],
    ['run: { executor: { type: threadpool, max_workers: 4, num_cpus: 2 } }', 'run.executor.maxWorkers', 4],
    ['run: { executor: { type: local, num_cpus: 2 } }', 'run.executor.numCpus', 2],
    ['run: { log_level: DEBUG }', 'run.logLevel', 'DEBUG'],
    ['run: { retry: { max_retries: 2 } }', 'run.retry.maxRetries', 2],
    ['run: { retry: { retry_delay: 2 } }', 'run.retry.retryDelay', 2],
    ['run: { retry: { jitter_factor: 0.5 } }', 'run.retry.jitterFactor', 0.5],
    ['run: { retry: { retry_exceptions: [TimeoutError] } }', 'run.retry.retryExceptions', ['TimeoutError']],
    ['run: { max_retries: 2 }', 'run.retry.maxRetries', 2],
    ['run: { retry_delay: 2 }', 'run.retry.retryDelay', 2],
    ['run: { jitter_factor: 0.5 }', 'run.retry.jitterFactor', 0.5],
    ['run: { retry_exceptions: TimeoutError }', 'run.retry.retryExceptions', ['TimeoutError']],
    ['run: { reload: true }', 'run.reload', true],
    ['run: { additional_modules: [m] }', 'run.additionalModules', ['m']],
    ['run: { with_adapter: { progressbar: true } }', 'run.withAdapter.progressbar', true],
    ['run: { on_success: done }', 'run.onSuccess', 'done'],
    ['run: { on_failure: failed }', 'run.onFailure', 'failed'],
  ];
  test.each(wired)('pipeline: %s', async (text, path, expected) => {
    const { value, warnings } = await resolve(text);
    expect(at(value satisfies PipelineConfig, path)).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['run: { adapter: { tracker: x } }', 'Adapters are switched on under `withAdapter`'],
    ['run: { pipeline_adapter_cfg: { mlflow: { run_name: x } } }', 'under `adapter` of the pipeline'],
    ['run: { project_adapter_cfg: { mlflow: { a: x } } }', 'under `adapter` of the project'],
    ['run: { async_driver: true }', 'Every run accepts asynchronous nodes'],
  ])('refused with a hint: %s', async (text, hint) => {
    const { warnings } = await resolve(text);
    expect(warnings).toMatchObject([
      { code: 'FP_CONFIG_NOT_AVAILABLE', hint: expect.stringContaining(hint) as string },
    ]);
  });
});
