import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig } from '../resolve/resolve-pipeline-config.js';

const env = {
  N: '30',
  F: '0.5',
  T: 'true',
  NULL: 'null',
  TEXT: 'a b',
  EMPTY: '',
  JSON: '{"a": [1]}',
  LIST: 'a,b',
  BIG: '9007199254740993',
  ZIP: '01234',
  CORE: '0x1F',
};

async function resolve(text: string) {
  return (await resolvePipelineConfig({ name: 'p', pipeline: { file: 'p.yml', text }, env })).value;
}

async function input(source: string) {
  return (await resolve(`run:\n  inputs:\n    x: ${source}\n`)).run.inputs['x'];
}

describe('references in user data', () => {
  it.each([
    ['${N}', 30],
    ['$N', 30],
    ['${F}', 0.5],
    ['${T}', true],
    ['${NULL}', null],
    ['${CORE}', 31],
    ['${ZIP}', 1234],
    ['${U:-7}', 7],
    ['${U:-}', ''],
    ['${EMPTY}', ''],
    ['${TEXT}', 'a b'],
    ['${JSON}', '{"a": [1]}'],
    ['${LIST}', 'a,b'],
    ['"${N}"', '30'],
    ["'${T}'", 'true'],
    ['"${NULL}"', 'null'],
    ['"${BIG}"', '9007199254740993'],
    ['!!str ${N}', '30'],
    ['>-\n      ${N}', '30'],
    ['n-${N}', 'n-30'],
    ['${N}0', '300'],
    ['${N}${N}', '3030'],
    ['$$N', '$N'],
    ['5$', '5$'],
  ])('%s → %j', async (source, value) => {
    expect(await input(source)).toBe(value);
  });

  it('reach into lists and maps but never into keys', async () => {
    expect(await input('{ "$N": ["${N}", { k: "${TEXT}" }] }')).toEqual({ $N: ['30', { k: 'a b' }] });
  });

  it('refuse to lose digits', async () => {
    await expect(input('${BIG}')).rejects.toMatchObject({
      code: 'FP_CONFIG_UNSAFE_INTEGER',
      hint: expect.stringContaining('Quote') as string,
    });
  });

  it('speak of text only where a text would do', async () => {
    await expect(resolve('run:\n  retry:\n    maxRetries: ${BIG}\n')).rejects.toMatchObject({
      code: 'FP_CONFIG_UNSAFE_INTEGER',
      hint: 'Give a number up to 9007199254740991.',
    });
  });

  it('resolve behind an alias and a merge key', async () => {
    expect((await resolve('params:\n  a: &a { k: "$TEXT" }\n  b: *a\n  c: { <<: *a }\n')).params).toEqual({
      a: { k: 'a b' },
      b: { k: 'a b' },
      c: { k: 'a b' },
    });
  });
});

describe('references at FlowerPower’s own keys', () => {
  it('become what the schema wants', async () => {
    const { run } = await resolve(
      'run:\n  timeout: ${N}\n  reload: ${T}\n  executor: ${TEXT}\n  additional_modules:\n    - ${N}\n  retry:\n    retry_delay: $F\n  log_level: ${U:-debug}\n',
    );
    expect(run).toMatchObject({
      timeout: 30,
      reload: true,
      executor: { type: 'a b' },
      additionalModules: ['30'],
      retry: { retryDelay: 0.5 },
      logLevel: 'DEBUG',
    });
  });

  it.each([
    'timeout: "${N}"',
    'timeout: 1${N}',
    'timeout: ${TEXT}',
    'timeout: ${T}',
    'reload: ${N}',
    'reload: "${T}"',
  ])('%s stays text and is refused', async (line) => {
    await expect(resolve(`run:\n  ${line}\n`)).rejects.toMatchObject({
      code: 'FP_CONFIG_TYPE',
      hint: expect.stringContaining('without quotes') as string,
    });
  });

  it.each(['inputs: ${JSON}', 'final_vars: ${LIST}'])('%s makes neither map nor list', async (line) => {
    await expect(resolve(`run:\n  ${line}\n`)).rejects.toMatchObject({ code: 'FP_CONFIG_TYPE' });
  });
});

it('a value is not read again where a string is short for a map', async () => {
  const pipeline = { file: 'p.yml', text: 'run:\n  executor: ${E}\n' };
  const { value } = await resolvePipelineConfig({ name: 'p', pipeline, env: { E: '$HOME ${X}' } });
  expect(value.run.executor.type).toBe('$HOME ${X}');
});
