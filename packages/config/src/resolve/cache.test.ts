/** `run.cache`: a switch, or a map that switches it on. */
import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig } from './resolve-pipeline-config.js';

const resolve = (text: string, more: Partial<Parameters<typeof resolvePipelineConfig>[0]> = {}) =>
  resolvePipelineConfig({ name: 'p', pipeline: { file: 'p.yml', text: `run:\n  ${text}\n` }, ...more });
const cacheOf = async (...args: Parameters<typeof resolve>) => (await resolve(...args)).value.run.cache;

describe('as the Python FlowerPower writes it', () => {
  it.each(['cache: false', 'cache: {}', 'cache: null', 'cache:', 'cache: { path: null }', 'reload: false'])(
    '%s is off',
    async (text) => {
      const { value, warnings } = await resolve(text);
      expect(value.run.cache).toEqual({ enabled: false });
      expect(warnings).toEqual([]);
    },
  );

  it.each([
    ['cache: true', { enabled: true }],
    ['cache: { path: x }', { enabled: true, dir: 'x' }],
    [
      'cache: { recompute: [a, b], ignore: true, disable: false, default_loader_behavior: ignore }',
      { enabled: true, recompute: ['a', 'b'], ignore: true, disable: false, defaultLoaderBehavior: 'ignore' },
    ],
    [
      'cache: { enabled: false, max_size_bytes: 5, maxAge: 0.5 }',
      { enabled: false, maxSizeBytes: 5, maxAge: 0.5 },
    ],
  ])('%s', async (text, expected) => {
    expect(await cacheOf(text)).toEqual(expected);
  });

  it('says what has no effect, and the cache is on', async () => {
    const { value, warnings } = await resolve('cache: { log_to_file: true, metadata_store: null }');
    expect(value.run.cache).toEqual({ enabled: true });
    expect(warnings).toMatchObject([
      { code: 'FP_CONFIG_NOT_AVAILABLE', places: [{ file: 'p.yml', line: 2, column: 12 }] },
    ]);
  });
});

describe('a setting of a cache that is off has no effect, and says so', () => {
  const env = { FP_PIPELINE__RUN__CACHE__DIR: 'd' };

  it.each([
    ['a flag', 'reload: false', { set: [{ path: 'run.cache.dir', flag: '--cache-dir', text: 'x' }] }, 1],
    ['an assignment', 'cache: false', { set: ['run.cache.recompute=a,b', 'run.cache.maxAge=60'] }, 2],
    ['a variable', 'reload: false', { env }, 1],
    ['a variable of a cache that is on', 'cache: true', { env }, 0],
    ['a flag beside --cache', 'reload: false', { set: ['run.cache=true', 'run.cache.dir=x'] }, 0],
    ['a file', 'cache: { enabled: false, dir: x }', {}, 0],
  ] as const)('%s', async (_what, text, more, count) => {
    const { warnings } = await resolve(text, more);
    expect(warnings.map(({ code }) => code)).toEqual(Array(count).fill('FP_CONFIG_NO_EFFECT'));
  });

  it('names the flag', async () => {
    const { warnings } = await resolve('reload: false', {
      set: [{ path: 'run.cache.dir', flag: '--cache-dir', text: 'x' }],
    });
    expect(warnings[0]).toMatchObject({
      message: '--cache-dir: run.cache.dir has no effect, for the cache is off.',
      hint: 'Add --cache, or write cache: true under run.',
    });
  });
});

describe('layers', () => {
  const project = { file: 'project.yml', text: 'run: { cache: { dir: shared, recompute: [a] } }\n' };

  it('a switch keeps the settings below it, and maps merge', async () => {
    expect(await cacheOf('cache: false', { project })).toEqual({
      enabled: false,
      dir: 'shared',
      recompute: ['a'],
    });
    expect(await cacheOf('cache: { recompute: true }', { project })).toEqual({
      enabled: true,
      dir: 'shared',
      recompute: true,
    });
    const off = { ...project, text: 'run: { cache: false }\n' };
    expect(await cacheOf('cache: { dir: own }', { project: off })).toEqual({ enabled: true, dir: 'own' });
  });

  it('variables, assignments and code', async () => {
    expect(await cacheOf('cache: true', { env: { FP_PIPELINE__RUN__CACHE: 'false' } })).toEqual({
      enabled: false,
    });
    const env = { FP_PIPELINE__RUN__CACHE__DIR: 'd', FP_PIPELINE__RUN__CACHE__MAX_AGE: '60' };
    expect(await cacheOf('cache: false', { env })).toEqual({ enabled: false, dir: 'd', maxAge: 60 });
    expect(await cacheOf('cache: true', { set: ['run.cache.recompute=a,b', 'run.cache.dir=x'] })).toEqual({
      enabled: true,
      recompute: ['a', 'b'],
      dir: 'x',
    });
    expect(await cacheOf('reload: false', { set: ['run.cache=true', 'run.cache.ignore=true'] })).toEqual({
      enabled: true,
      ignore: true,
    });
    expect(await cacheOf('cache: "${CACHE}"', { env: { CACHE: 'x' } }).catch((error) => error)).toMatchObject(
      {
        code: 'FP_CONFIG_TYPE',
      },
    );
    expect(await cacheOf('cache: ${CACHE:-true}')).toEqual({ enabled: true });
    expect(await cacheOf('cache: true', { overrides: { run: { cache: false } } })).toEqual({
      enabled: false,
    });
    expect(await cacheOf('reload: false', { overrides: { run: { cache: { ignore: ['now'] } } } })).toEqual({
      enabled: true,
      ignore: ['now'],
    });
  });

  it('explains itself', async () => {
    const { explain } = await resolve('cache: true', { project });
    expect(explain('run.cache.enabled')).toMatchObject({
      winner: { value: true, place: 'p.yml:2:10' },
      losers: [
        { value: true, layer: 'project' },
        { value: false, layer: 'default' },
      ],
    });
  });
});

describe('mistakes', () => {
  it.each([
    ['cache: no', 'FP_CONFIG_TYPE', 'run.cache must be true, false or a map', [2, 10]],
    ['cache: .cache', 'FP_CONFIG_TYPE', 'run.cache must be true, false or a map', [2, 10]],
    ['cache: [a]', 'FP_CONFIG_TYPE', 'run.cache must be true, false or a map', [2, 10]],
    ['cache: { recomput: [a] }', 'FP_CONFIG_UNKNOWN_KEY', "Did you mean 'recompute'?", [2, 12]],
    ['cache: { recompute: a }', 'FP_CONFIG_TYPE', 'run.cache.recompute must be true or a list', [2, 23]],
    ['cache: { path: x, dir: y }', 'FP_CONFIG_KEY_CONFLICT', 'run.cache.dir is already given', [2, 21]],
    ['cache: { maxSizeBytes: 0 }', 'FP_CONFIG_VALUE', 'at least 1', [2, 26]],
    ['cache: { defaultBehavior: recomptue }', 'FP_CONFIG_VALUE', "Did you mean 'recompute'?", [2, 29]],
  ])('%s', async (text, code, message, [line, column]) => {
    const error = await resolve(text).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
      places: [
        { file: 'p.yml', line, column },
        ...(code === 'FP_CONFIG_KEY_CONFLICT' ? [expect.anything()] : []),
      ],
    });
  });
});
