import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig, type ResolvePipelineOptions } from './resolve-pipeline-config.js';
import { resolveProjectConfig } from './resolve-project-config.js';

const resolve = (text: string, options: Partial<ResolvePipelineOptions> = {}) =>
  resolvePipelineConfig({ name: 'p', pipeline: { file: 'conf/pipelines/p.yml', text }, ...options });

describe('from key to key', () => {
  it('takes a value with its type, alone and without quotes', async () => {
    const { value } = await resolve(
      [
        'params:',
        '  f: { days: [1, 2], map: { a: { b: true } } }',
        'run:',
        '  timeout: ${run.inputs.limit}',
        '  inputs:',
        '    limit: 30',
        '    days: ${params.f.days}',
        '    map: ${params.f.map}',
        '    text: "${run.inputs.limit}"',
        '    path: out/${run.inputs.limit}/${params.f.map.a.b}.csv',
        '    other: ${run.inputs.limi:-x}',
      ].join('\n'),
    );
    expect(value.run.timeout).toBe(30);
    expect(value.run.inputs).toEqual({
      limit: 30,
      days: [1, 2],
      map: { a: { b: true } },
      text: '30',
      path: 'out/30/true.csv',
      other: 'x',
    });
  });

  it('means what all layers together say', async () => {
    const { value } = await resolve('run:\n  inputs: { day: today, file: "${run.inputs.day}.csv" }', {
      overlay: { file: 'conf/env/prod.yml', text: 'pipeline: { run: { inputs: { day: monday } } }' },
    });
    expect(value.run.inputs['file']).toBe('monday.csv');
    const set = await resolve('run:\n  inputs: { day: today, file: "${run.inputs.day}.csv" }', {
      set: ['run.inputs.day=friday'],
    });
    expect(set.value.run.inputs['file']).toBe('friday.csv');
  });

  it('knows defaults, and keys in either spelling', async () => {
    const { value } = await resolve(
      'run:\n  final_vars: [a]\n  inputs:\n    level: ${run.log_level}\n    all: ${run.finalVars}\n    retries: ${run.max_retries}',
    );
    expect(value.run.inputs).toEqual({ level: 'INFO', all: ['a'], retries: 0 });
  });

  it('is no error where a higher layer replaces the text', async () => {
    const { value } = await resolve('run:\n  inputs: { a: "${run.inputs.nope}" }', {
      set: ['run.inputs.a=1'],
    });
    expect(value.run.inputs).toEqual({ a: 1 });
  });

  it('reports a circle once, with every place, through a map and through itself', async () => {
    const circle = resolve(
      'params:\n  f:\n    a: ${params.f.b}\n    b: x ${params.f.c}\n    c: ${params.f.a}',
    );
    await expect(circle).rejects.toMatchObject({ code: 'FP_CONFIG_REFERENCE_CYCLE', problems: [{}] });
    await expect(circle).rejects.toThrow('params.f.a → params.f.b → params.f.c → params.f.a');
    await expect(resolve('run:\n  inputs:\n    a: ${run.inputs}')).rejects.toMatchObject({
      code: 'FP_CONFIG_REFERENCE_CYCLE',
    });
    await expect(resolve('run:\n  inputs:\n    a: ${run.inputs.a:-x}')).rejects.toMatchObject({
      code: 'FP_CONFIG_REFERENCE_CYCLE',
    });
  });

  it('holds what it gives to the type that is wanted, at the place of the reference', async () => {
    await expect(resolve('run:\n  inputs: { t: soon }\n  timeout: ${run.inputs.t}')).rejects.toMatchObject({
      code: 'FP_CONFIG_TYPE',
      places: [{ file: 'conf/pipelines/p.yml', line: 3 }],
    });
  });

  it('does not grow without limit', async () => {
    const lists = Array.from({ length: 30 }, (_, index) =>
      index === 0
        ? '    x0: [1, 2]'
        : `    x${index}:\n      - \${params.f.x${index - 1}}\n      - \${params.f.x${index - 1}}`,
    );
    await expect(resolve(`params:\n  f:\n${lists.join('\n')}`)).rejects.toMatchObject({
      code: 'FP_CONFIG_YAML_LIMIT',
    });
    const texts = Array.from({ length: 40 }, (_, index) =>
      index === 0
        ? '    x0: abcdefgh'
        : `    x${index}: "\${params.f.x${index - 1}}\${params.f.x${index - 1}}"`,
    );
    await expect(resolve(`params:\n  f:\n${texts.join('\n')}`)).rejects.toMatchObject({
      code: 'FP_CONFIG_YAML_LIMIT',
    });
  });

  it('passes on what a value was made of, so that it is masked', async () => {
    const { value, environmentValues } = await resolve(
      'run:\n  inputs:\n    token: ${secret:TOKEN}\n    url: https://x/${run.inputs.token}\n    same: ${run.inputs.token}',
      { env: { TOKEN: 's3cr3t' } },
    );
    expect(value.run.inputs).toEqual({ token: 's3cr3t', url: 'https://x/s3cr3t', same: 's3cr3t' });
    const texts = [{ text: 's3cr3t', reference: '${secret:TOKEN}', isSecret: true }];
    expect(environmentValues).toMatchObject([
      { path: ['run', 'inputs', 'token'], texts },
      { path: ['run', 'inputs', 'url'], shown: 'https://x/${run.inputs.token}', texts },
      { path: ['run', 'inputs', 'same'], shown: '${secret:TOKEN}', texts },
    ]);
  });

  it('does not need a variable that is not set, nor what refers to it, where values are only looked at', async () => {
    const text = 'run:\n  inputs:\n    token: ${TOKEN}\n    url: https://x/${run.inputs.token}';
    const { value, unset } = await resolve(text, { allowUnset: true });
    expect(value.run.inputs).toEqual({ token: '${TOKEN}', url: 'https://x/${run.inputs.token}' });
    expect(unset.map(({ path }) => path.at(-1))).toEqual(['token', 'url']);
    await expect(resolve(text)).rejects.toMatchObject({ code: 'FP_CONFIG_INVALID' });
  });

  it('works in the project', async () => {
    const { value } = await resolveProjectConfig({
      project: {
        file: 'conf/project.yml',
        text: 'name: shop\nstorageOptions: { s3: { region: eu } }\nfileSystems:\n  lake: s3://lake-${storageOptions.s3.region}',
      },
    });
    expect(value.fileSystems['lake']?.path).toBe('s3://lake-eu');
  });
});

describe('secrets', () => {
  it.each(['${secret:PIN}', '!secret PIN', '"${secret:PIN}"'])(
    '%s is a text, whatever it looks like',
    async (written) => {
      const { value } = await resolve(`run:\n  inputs:\n    pin: ${written}`, { env: { PIN: '12345' } });
      expect(value.run.inputs).toEqual({ pin: '12345' });
    },
  );

  it('are numbers where the schema wants one', async () => {
    const { value } = await resolve('run:\n  timeout: !secret PIN', { env: { PIN: '12345' } });
    expect(value.run.timeout).toBe(12_345);
  });
});

describe('files', () => {
  const readFile = (path: string) =>
    path === './q.sql' ? Promise.resolve('select 1\n') : Promise.reject(new Error('there is no such file.'));

  it('are texts without the line break at their end', async () => {
    const { value } = await resolve('params:\n  f: { q: "${file:./q.sql}", n: "${file: ./q.sql }" }', {
      readFile,
    });
    expect(value.params).toEqual({ f: { q: 'select 1', n: 'select 1' } });
  });

  it('that cannot be read are an error with the place of the reference, where they are needed', async () => {
    await expect(resolve('params:\n  f:\n    q: ${file:./no.sql}', { readFile })).rejects.toMatchObject({
      code: 'FP_CONFIG_REFERENCE_FILE',
      places: [{ line: 3, column: 8 }],
    });
    const { value } = await resolve('# ${file:./no.sql}\nparams:\n  f: { q: "${A:-${file:./no.sql}}" }', {
      readFile,
      env: { A: 'a' },
    });
    expect(value.params).toEqual({ f: { q: 'a' } });
  });
});

it('names the line of the file that sets a variable', async () => {
  const variablePlaces = new Map([['FP_PIPELINE__RUN__TIMEOUT', { file: '.env', line: 3 }]]);
  const env = { FP_PIPELINE__RUN__TIMEOUT: 'soon' };
  await expect(resolve('', { env, variablePlaces })).rejects.toMatchObject({
    message: expect.stringContaining('environment variable FP_PIPELINE__RUN__TIMEOUT (.env:3): '),
    places: [{ file: '.env', line: 3 }],
  });
});
