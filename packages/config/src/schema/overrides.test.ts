import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig } from '../resolve/resolve-pipeline-config.js';
import { resolveProjectConfig } from '../resolve/resolve-project-config.js';
import type { Overrides } from './overrides.js';
import type { PipelineConfig } from './pipeline-config.js';

describe('overrides', () => {
  it('may be written in camelCase and snake_case', async () => {
    const camel: Overrides<PipelineConfig> = {
      run: { finalVars: ['a'], retry: { maxRetries: 1 }, executor: { maxWorkers: 2 } },
    };
    const snake: Overrides<PipelineConfig> = {
      run: { final_vars: ['a'], retry: { max_retries: 1 }, executor: { max_workers: 2 } },
    };
    const [left, right] = await Promise.all(
      [camel, snake].map((overrides) => resolvePipelineConfig({ name: 'p', overrides })),
    );
    expect(left?.value).toEqual(right?.value);
    expect(left?.value.run).toMatchObject({
      finalVars: ['a'],
      retry: { maxRetries: 1 },
      executor: { type: 'local', maxWorkers: 2 },
    });
  });

  it('never rename keys of user data', async () => {
    const data = { final_vars: 1, max_retries: { retry_delay: 2 } };
    const { value } = await resolvePipelineConfig({
      name: 'p',
      overrides: {
        params: data,
        run: { inputs: data, config: data, executor: { options: data } },
        io: { load: { n: { type: 'csv', ...data } } },
        adapter: { mlflow: data },
      },
    });
    expect(value.params).toEqual(data);
    expect(value.run.inputs).toEqual(data);
    expect(value.run.config).toEqual(data);
    expect(value.run.executor.options).toEqual(data);
    expect(value.io.load['n']).toEqual({ type: 'csv', ...data });
    expect(value.adapter.mlflow).toEqual(data);
  });

  it('take null and undefined', async () => {
    const project = { file: 'project.yml', text: 'run: { timeout: 3, log_level: ERROR }' };
    const { value } = await resolvePipelineConfig({
      name: 'p',
      project,
      overrides: { run: { timeout: null, logLevel: undefined } },
    });
    expect(value.run).toMatchObject({ logLevel: 'ERROR' });
    expect(value.run).not.toHaveProperty('timeout');
  });

  it('are typed', async () => {
    const wrong: Overrides<PipelineConfig>[] = [
      // @ts-expect-error: a number belongs here.
      { run: { timeout: 'soon' } },
      // @ts-expect-error: no such key.
      { run: { timout: 1 } },
      // @ts-expect-error: not an allowed value.
      { run: { on_error: 'stop' } },
    ];
    for (const overrides of wrong)
      await expect(resolvePipelineConfig({ name: 'p', overrides })).rejects.toThrow(
        'the settings of this call: ',
      );
  });

  it('are accepted for a project, run defaults included and not filled up', async () => {
    const { value } = await resolveProjectConfig({
      overrides: { hooks_dir: 'h', run: { retry: { max_retries: 2 }, executor: 'threads' } },
    });
    expect(value).toEqual({
      name: 'project',
      hooksDir: 'h',
      allowOutside: [],
      plugins: [],
      storageOptions: {},
      fileSystems: {},
      runs: { keep: 200 },
      adapter: {},
      run: { retry: { maxRetries: 2 }, executor: { type: 'threads' } },
    });
  });
});
