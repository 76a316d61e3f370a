import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig, type ResolvePipelineOptions } from './resolve-pipeline-config.js';
import { resolveProjectConfig } from './resolve-project-config.js';

const file = (text: string) => ({ file: 'p.yml', text });
const resolve = (text: string, more: Partial<ResolvePipelineOptions> = {}) =>
  resolvePipelineConfig({ name: 'p', pipeline: file(text), ...more });

describe('a reference to a variable that is not set', () => {
  const text = 'run:\n  timeout: ${T}\n  inputs: { a: "${A}", list: ["${L}"], map: "${M}" }\n';

  it('is not an error where a higher layer replaces the value', async () => {
    const { value, explain } = await resolve(text, {
      env: { FP_PIPELINE__RUN__TIMEOUT: '3', FP_PIPELINE__RUN__INPUTS__list: '[1]' },
      set: ['run.inputs.a=null'],
      overrides: { run: { inputs: { map: { b: 1 } } } },
    });
    expect(value.run).toMatchObject({ timeout: 3, inputs: { list: [1], map: { b: 1 } } });
    expect(value.run.inputs).not.toHaveProperty('a');
    expect(explain('run.timeout').losers[0]).toMatchObject({ value: undefined, place: 'p.yml:2:12' });
  });

  it('is an error where nothing does, together with everything else that is wrong', async () => {
    const failed = await resolve(text, { set: ['run.timeout=soon', 'run.inputs.a=1'] }).catch(
      (e: unknown) => e,
    );
    const { problems } = failed as { problems: { code: string; message: string }[] };
    expect(problems.map(({ code, message }) => [code, message.split('\n')[0]])).toEqual([
      ['FP_CONFIG_TYPE', expect.stringContaining('--set run.timeout')],
      [
        'FP_CONFIG_VARIABLE_UNSET',
        expect.stringContaining("p.yml:2:12: run.timeout: environment variable 'T'"),
      ],
      ['FP_CONFIG_VARIABLE_UNSET', expect.stringContaining("run.inputs.list.0: environment variable 'L'")],
      ['FP_CONFIG_VARIABLE_UNSET', expect.stringContaining("run.inputs.map: environment variable 'M'")],
    ]);
  });

  it('stands for a whole map too', async () => {
    await expect(resolve('run: ${RUN}\n')).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
    const { value } = await resolve('run: ${RUN}\n', { overrides: { run: { timeout: 2 } } });
    expect(value.run.timeout).toBe(2);
  });

  const looked = { a: '${A}', list: ['${L}'], map: '${M}' };
  it('stops nobody who only looks: a text stands in, an own key has its default, and all are listed', async () => {
    const { value, unset, environmentValues } = await resolve(text, { allowUnset: true });
    expect(value.run).toMatchObject({ inputs: looked });
    expect(value.run.timeout).toBeUndefined();
    expect(unset.map(({ path, standIn }) => [path.join('.'), standIn])).toEqual([
      ['run.timeout', undefined],
      ['run.inputs.a', '${A}'],
      ['run.inputs.list', '${L}'],
      ['run.inputs.map', '${M}'],
    ]);
    expect(environmentValues).toEqual([]);
  });

  it('says how to give the value for one run', async () => {
    const { unset } = await resolve(text, { allowUnset: true });
    const hints = unset.flatMap(({ problems }) => problems.map(({ hint }) => hint));
    expect(hints[0]).toContain('--set run.timeout=…');
    expect(hints[1]).toContain('--inputs a=…');
  });

  it('of a key that has to be there is an error for everybody', async () => {
    const io = 'io: { load: { a: { type: "${TYPE}" } } }';
    await expect(resolve(io, { allowUnset: true })).rejects.toThrow("'TYPE' is not set");
  });

  it('in `run` of the project matters to the pipelines that do not replace it', async () => {
    const project = file('name: shop\nrun: { timeout: "${T}", final_vars: [a, "${B}"] }\n');
    expect((await resolveProjectConfig({ project })).value).toEqual({
      name: 'shop',
      hooksDir: 'hooks',
      allowOutside: [],
      plugins: [],
      storageOptions: {},
      fileSystems: {},
      runs: { keep: 200 },
      adapter: {},
      run: { finalVars: ['a'] },
    });
    await expect(resolve('run: { timeout: 1 }', { project })).rejects.toThrow("'B' is not set");
    expect((await resolve('run: { timeout: 1, final_vars: [c] }', { project })).value.run.timeout).toBe(1);
    await expect(resolveProjectConfig({ project: file('name: "${N}"') })).rejects.toThrow("'N' is not set");
  });
});
