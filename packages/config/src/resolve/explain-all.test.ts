import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig, type ResolvePipelineOptions } from './resolve-pipeline-config.js';
import { resolveProjectConfig } from './resolve-project-config.js';

async function shown(text: string, options: Partial<ResolvePipelineOptions> = {}) {
  const { explainAll } = await resolvePipelineConfig({
    name: 'p',
    pipeline: { file: 'conf/pipelines/p.yml', text },
    allowUnset: true,
    ...options,
  });
  const values = explainAll();
  return (path: string) => values.find((each) => each.path.join('.') === path);
}

describe('each value tells where it comes from', () => {
  it('file and line, variable, flag, default, and what it won over', async () => {
    const at = await shown('run:\n  timeout: 20\n  log_level: debug', {
      project: { file: 'conf/project.yml', text: 'run: { timeout: 10 }' },
      overlay: { file: 'conf/env/prod.yml', text: 'pipelines: { p: { run: { timeout: 30 } } }' },
      env: { FP_PIPELINE__RUN__GRACE: '1' },
      variablePlaces: new Map([['FP_PIPELINE__RUN__GRACE', { file: '.env', line: 2 }]]),
      set: ['run.timeout=40', { path: 'run.reload', flag: '--reload', text: 'true' }],
      overrides: { run: { onError: 'continue' } },
    });
    expect(at('run.timeout')).toEqual({
      path: ['run', 'timeout'],
      winner: { value: 40, layer: 'set', place: '--set run.timeout' },
      losers: [
        { value: 30, layer: 'overlay', place: 'conf/env/prod.yml:1:35' },
        { value: 20, layer: 'pipeline', place: 'conf/pipelines/p.yml:2:12' },
        { value: 10, layer: 'project', place: 'conf/project.yml:1:17' },
      ],
    });
    expect(at('run.logLevel')).toMatchObject({
      winner: { value: 'DEBUG' },
      losers: [{ value: 'INFO', layer: 'default', place: 'default' }],
    });
    expect(at('run.grace')?.winner).toEqual({
      value: '${FP_PIPELINE__RUN__GRACE}',
      layer: 'environment',
      place: 'FP_PIPELINE__RUN__GRACE (.env:2)',
    });
    expect(at('run.reload')?.winner).toMatchObject({ value: true, place: '--reload' });
    expect(at('run.onError')?.winner).toMatchObject({
      value: 'continue',
      place: 'the settings of this call',
    });
    expect(at('run.retry.maxRetries')).toEqual({
      path: ['run', 'retry', 'maxRetries'],
      winner: { value: 0, layer: 'default', place: 'default' },
      losers: [],
    });
  });

  it('a value that was taken back is the default, and the null that did it is told', async () => {
    const at = await shown('run: { timeout: null, grace: null }', {
      project: { file: 'conf/project.yml', text: 'run: { timeout: 10, grace: 5 }' },
    });
    expect(at('run.grace')).toMatchObject({
      winner: { value: 10, layer: 'default' },
      losers: [
        { value: null, layer: 'pipeline' },
        { value: 5, layer: 'project' },
      ],
    });
    expect(at('run.timeout')).toMatchObject({ winner: { value: undefined }, losers: [{}, { value: 10 }] });
  });

  it('a map that is empty by default is not told beside its values', async () => {
    const at = await shown('params: { f: { a: 1 } }');
    expect(at('params.f.a')?.winner.value).toBe(1);
    expect(at('params')).toBeUndefined();
    expect(at('run.inputs')?.winner).toMatchObject({ value: {}, place: 'default' });
  });
});

it('shows references for what they give, set or not, and what refers to other keys as it is', async () => {
  const at = await shown(
    'run:\n  inputs:\n    a: x-${TOKEN}\n    b: ${secret:TOKEN}\n    c: ${UNSET}\n    d: ${run.inputs.n}\n    e: [1, "${TOKEN}"]\n    f: ${run.inputs.b}\n    n: 5',
    { env: { TOKEN: 's3cr3t' } },
  );
  const value = (name: string) => at(`run.inputs.${name}`)?.winner.value;
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map(value)).toEqual([
    'x-${TOKEN}',
    '${secret:TOKEN}',
    '${UNSET}',
    5,
    [1, '${TOKEN}'],
    '${secret:TOKEN}',
  ]);
});

it('no value of the environment is shown, wherever it stands', async () => {
  const { explainAll } = await resolveProjectConfig({
    project: {
      file: 'conf/project.yml',
      text: 'storageOptions: { s3: { endpoint: in-the-file } }\nadapter: { mlflow: { token: "${T}", list: [{ a: "$T" }] } }\n',
    },
    env: { T: 's3cr3t', FP_PROJECT__NAME: 's3cr3t' },
  });
  expect(JSON.stringify(explainAll())).not.toMatch(/s3cr3t|in-the-file/);
  const looked = explainAll((path) => (path.at(-1) === 'endpoint' ? 'shown' : undefined));
  expect(JSON.stringify(looked)).toContain('in-the-file');
});
