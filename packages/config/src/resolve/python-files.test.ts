import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig } from './resolve-pipeline-config.js';
import { resolveProjectConfig } from './resolve-project-config.js';

function fixture(name: string) {
  const file = join(import.meta.dirname, '..', '__fixtures__', name);
  return { file, text: readFileSync(file, 'utf8') };
}

describe('files written for the Python FlowerPower load unchanged', () => {
  it('pipeline', async () => {
    const { value, warnings } = await resolvePipelineConfig({
      name: 'weather',
      pipeline: fixture('python-pipeline.yml'),
    });
    expect(warnings).toEqual([]);
    expect(value).toEqual({
      name: 'weather',
      params: { rolling_mean: { window_size: 3, min_periods: 1 }, clean_readings: { drop_below: -40.5 } },
      pipelines: {},
      io: { load: {}, save: {} },
      run: {
        inputs: { input_file: 'data/readings.csv', max_retries: 7, hyper_parameters: { max_depth: null } },
        finalVars: ['readings', 'rolling_mean'],
        config: { station_kind: 'coastal', reading_limit: 5000 },
        executor: { type: 'threadpool', maxWorkers: 40, numCpus: 8 },
        retry: {
          maxRetries: 2,
          retryDelay: 0.5,
          jitterFactor: 0.2,
          retryExceptions: ['OSError', 'TimeoutError'],
        },
        cache: { enabled: false },
        logLevel: 'INFO',
        grace: 10,
        captureConsole: true,
        record: true,
        reload: false,
        additionalModules: [],
        allowModuleOverrides: false,
        onError: 'fail',
        withAdapter: {
          future: false,
          hamilton_tracker: false,
          mlflow: false,
          progressbar: false,
          ray: false,
        },
      },
      adapter: {
        hamiltonTracker: {
          capture_data_statistics: true,
          dag_name: null,
          max_dict_length_capture: 10,
          max_list_length_capture: 50,
          project_id: 17,
          tags: {},
        },
        mlflow: {
          experiment_description: null,
          experiment_name: 'weather',
          experiment_tags: {},
          run_id: null,
        },
      },
    });
  });

  it('pipeline with settings at their former places', async () => {
    const { value, warnings } = await resolvePipelineConfig({
      name: 'weather',
      pipeline: fixture('python-pipeline-legacy.yml'),
    });
    expect(warnings).toEqual([]);
    expect(value.params).toEqual({});
    expect(value.run).toMatchObject({
      finalVars: ['report'],
      executor: { type: 'local' },
      retry: { maxRetries: 4, retryDelay: 2, jitterFactor: 0.1, retryExceptions: ['ValueError'] },
      logLevel: 'DEBUG',
    });
  });

  it('project', async () => {
    const { value, warnings } = await resolveProjectConfig({ project: fixture('python-project.yml') });
    expect(warnings).toEqual([]);
    expect(value).toMatchObject({
      name: 'weather-station',
      hooksDir: 'hooks',
      plugins: [],
      adapter: {
        hamiltonTracker: { api_url: 'http://localhost:8241', api_key: null },
        ray: { ray_init_config: null },
      },
    });
    expect(value).not.toHaveProperty('run');
  });
});

describe('features that this version does not have', () => {
  const run = (text: string) =>
    resolvePipelineConfig({ name: 'p', pipeline: { file: 'p.yml', text: `run:\n  ${text}\n` } });

  it.each([
    'adapter: { tracker: x }',
    'async_driver: true',
    'pipeline_adapter_cfg: { mlflow: { run_name: x } }',
  ])('%s gives a warning with its place and is left out', async (text) => {
    const { value, warnings } = await run(text);
    const key = text.slice(0, text.indexOf(':'));
    expect(warnings).toMatchObject([
      { code: 'FP_CONFIG_NOT_AVAILABLE', places: [{ file: 'p.yml', line: 2, column: 3 }] },
    ]);
    expect(warnings[0]?.hint).toBeTruthy();
    expect(value.run).not.toHaveProperty(key);
    expect(value).toEqual((await resolvePipelineConfig({ name: 'p' })).value);
  });

  it.each(['on_failure: null', 'async_driver: false'])('%s passes in silence', async (text) => {
    const { value, warnings } = await run(text);
    expect(warnings).toEqual([]);
    expect(value).toEqual((await resolvePipelineConfig({ name: 'p' })).value);
  });
});

describe('plain values that YAML 1.1 reads differently', () => {
  it.each([
    ['yes', 'yes', 'the boolean true'],
    ['10_000', '10_000', 'the number 10000'],
    ['0750', 750, 'the octal number 488'],
  ])('warns of %s in user data', async (text, value, other) => {
    const resolved = await resolvePipelineConfig({
      name: 'p',
      pipeline: { file: 'p.yml', text: `params:\n  f:\n    k: ${text}\n` },
    });
    expect(resolved.value.params).toEqual({ f: { k: value } });
    expect(resolved.warnings).toMatchObject([
      { code: 'FP_CONFIG_YAML_1_1', places: [{ file: 'p.yml', line: 3, column: 8 }] },
    ]);
    expect(resolved.warnings[0]?.message).toContain(other);
  });

  it.each(['"yes"', "'10_000'", 'true', '12', 'name'])('has nothing to say about %s', async (text) => {
    const { warnings } = await resolvePipelineConfig({
      name: 'p',
      pipeline: { file: 'p.yml', text: `params: { f: { k: ${text} } }` },
    });
    expect(warnings).toEqual([]);
  });

  it.each(['yes', 'No', 'on', 'OFF'])('refuses %s where a boolean belongs', async (text) => {
    await expect(
      resolvePipelineConfig({ name: 'p', pipeline: { file: 'p.yml', text: `run:\n  reload: ${text}\n` } }),
    ).rejects.toMatchObject({
      code: 'FP_CONFIG_TYPE',
      hint: expect.stringContaining('write true or false') as string,
      places: [{ file: 'p.yml', line: 2, column: 11 }],
    });
  });
});
