import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer } from '../source/origin.js';
import { type ResolvePipelineOptions, resolvePipelineConfig } from './resolve-pipeline-config.js';

type Texts = Record<'project' | 'pipeline' | 'overlay', string>;

interface Given {
  readonly texts: Partial<Texts>;
  readonly env: Record<string, string>;
  readonly set: string[];
  overrides: ResolvePipelineOptions['overrides'];
}

/** One way to set run.retry.maxRetries. */
interface Way {
  readonly layer: Layer;
  /** A part of the place that must be reported. */
  readonly place: string;
  give(given: Given, value: number): void;
}

const variable = (name: string, layer: Layer): Way => ({
  layer,
  place: name,
  give: ({ env }, value) => void (env[name] = String(value)),
});

const line = (layer: 'project' | 'pipeline' | 'overlay', before: string, after = ''): Way => ({
  layer,
  place: `${layer}.yml:`,
  give: ({ texts }, value) => void (texts[layer] = `${texts[layer] ?? ''}${before}${value}${after}\n`),
});

/** Lowest precedence first. */
const ways: readonly Way[] = [
  line('project', 'run: { retry: { maxRetries: ', ' } }'),
  line('pipeline', 'run:\n  max_retries: '),
  line('overlay', 'project:\n  run:\n    retry:\n      max_retries: '),
  line('overlay', 'pipeline: { run: { retry: { max_retries: ', ' } } }'),
  line('overlay', 'pipelines: { p: { run: { max_retries: ', ' } } }'),
  variable('FP_MAX_RETRIES', 'global'),
  variable('FP_PROJECT__RUN__RETRY__MAX_RETRIES', 'environment'),
  variable('FP_PIPELINE__RUN__MAX_RETRIES', 'environment'),
  {
    layer: 'set',
    place: '--set run.max_retries',
    give: ({ set }, value) => void set.push(`run.max_retries=${value}`),
  },
  {
    layer: 'override',
    place: 'the settings of this call',
    give: (given, value) => void (given.overrides = { run: { retry: { max_retries: value } } }),
  },
];

function resolve(chosen: readonly (readonly [Way, number])[]) {
  const given: Given = { texts: {}, env: {}, set: [], overrides: undefined };
  for (const [way, value] of chosen) way.give(given, value);
  const text = (key: keyof Texts) => {
    const found = given.texts[key];
    return found === undefined ? undefined : { file: `${key}.yml`, text: found };
  };
  return resolvePipelineConfig({
    name: 'p',
    project: text('project'),
    pipeline: text('pipeline'),
    overlay: text('overlay'),
    env: given.env,
    set: given.set,
    overrides: given.overrides,
  });
}

describe('precedence', () => {
  it('is the order of the layers for every choice of layers, and each value keeps its source', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...ways], { minLength: 1 }), async (chosen) => {
        const numbered = chosen.map((way, index) => [way, index + 1] as const);
        const { value, explain } = await resolve(numbered);
        expect(value.run.retry.maxRetries).toBe(chosen.length);
        const { winner, losers } = explain('run.retry.maxRetries');
        const offers = [winner, ...losers];
        expect(offers.map((offer) => offer.value)).toEqual([
          ...numbered.map(([, number]) => number).reverse(),
          0,
        ]);
        expect(offers.map(({ layer }) => layer)).toEqual([
          ...chosen.map(({ layer }) => layer).reverse(),
          'default',
        ]);
        for (const [index, { place }] of [...chosen].reverse().entries())
          expect(offers[index]?.place).toContain(place);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the line and column of each file', async () => {
    const { explain } = await resolve(ways.slice(0, 5).map((way, index) => [way, index] as const));
    const { winner, losers } = explain('run.max_retries');
    expect([winner, ...losers].map(({ place }) => place)).toEqual([
      'overlay.yml:6:39',
      'overlay.yml:5:42',
      'overlay.yml:4:20',
      'pipeline.yml:2:16',
      'project.yml:1:29',
      'default',
    ]);
  });

  it('takes later assignments before earlier ones', async () => {
    const { value } = await resolvePipelineConfig({ name: 'p', set: ['run.timeout=1', 'run.timeout=2'] });
    expect(value.run.timeout).toBe(2);
  });

  it('never looks at the process environment', async () => {
    process.env['FP_LOG_LEVEL'] = 'CRITICAL';
    process.env['FP_TEST_VALUE'] = 'outside';
    try {
      const pipeline = { file: 'p.yml', text: 'params: { f: { k: "${FP_TEST_VALUE:-inside}" } }' };
      for (const env of [undefined, {}]) {
        const { value } = await resolvePipelineConfig({ name: 'p', pipeline, env });
        expect([value.run.logLevel, value.params]).toEqual(['INFO', { f: { k: 'inside' } }]);
      }
    } finally {
      delete process.env['FP_LOG_LEVEL'];
      delete process.env['FP_TEST_VALUE'];
    }
  });
});

describe('merging layers', () => {
  const yml = (text: string) => ({ file: 'a.yml', text });

  it('merges maps, replaces lists, and takes back with null', async () => {
    const { value } = await resolvePipelineConfig({
      name: 'p',
      project: yml(
        'run: { inputs: { a: 1, m: { x: 1, y: 1 }, l: [1, 2] }, timeout: 30, log_level: ERROR, plugins: null }'.replace(
          ', plugins: null',
          '',
        ),
      ),
      pipeline: yml('run: { inputs: { b: 2, m: { y: 2 }, l: [3] }, timeout: null, log_level: null }'),
      overrides: { run: { inputs: { a: null } } },
    });
    expect(value.run.inputs).toEqual({ b: 2, m: { x: 1, y: 2 }, l: [3] });
    expect(value.run).not.toHaveProperty('timeout');
    expect(value.run.logLevel).toBe('INFO');
  });

  it('takes a string as executor for its type and keeps the other settings', async () => {
    const { value } = await resolvePipelineConfig({
      name: 'p',
      pipeline: yml('run: { executor: { type: threads, max_workers: 4, options: { max_workers: 9 } } }'),
      overrides: { run: { executor: 'ray' } },
    });
    expect(value.run.executor).toEqual({ type: 'ray', maxWorkers: 4, options: { max_workers: 9 } });
  });

  it('merges the settings of a loader across layers', async () => {
    const { value } = await resolvePipelineConfig({
      name: 'p',
      pipeline: yml('io: { load: { sales: { type: csv, path: a.csv } } }'),
      overlay: yml(
        'pipelines: { p: { io: { load: { sales: { path: s3://b/a.csv } } } }, q: { run: { nonsense: ${NOPE} } } }'.replace(
          '${NOPE}',
          '1',
        ),
      ),
    });
    expect(value.io.load).toEqual({ sales: { type: 'csv', path: 's3://b/a.csv' } });
  });

  it('keeps the name of the file, and the name that was asked for as the loser', async () => {
    const { value, explain } = await resolvePipelineConfig({
      name: 'asked',
      pipeline: yml('name: written'),
      overlay: yml('pipelines: { asked: { run: { timeout: 1 } }, written: { run: { max_concurrency: 2 } } }'),
    });
    expect(value).toMatchObject({ name: 'written', run: { timeout: 1, maxConcurrency: 2 } });
    expect(explain('name')).toEqual({
      winner: { value: 'written', layer: 'pipeline', place: 'a.yml:1:7' },
      losers: [{ value: 'asked', layer: 'default', place: 'default' }],
    });
  });

  it('carries values given in code by reference', async () => {
    const frame = { rows: [{ id: 1, note: null }] };
    const when = new Date(0);
    const { value } = await resolvePipelineConfig({
      name: 'p',
      pipeline: yml('run: { inputs: { when: today } }'),
      overrides: { run: { inputs: { frame, when, missing: undefined } } },
    });
    expect(value.run.inputs['frame']).toBe(frame);
    expect(value.run.inputs['when']).toBe(when);
    expect(value.run.inputs).not.toHaveProperty('missing');
  });
});

it('tells the place of every value that a file gives, in lists too', async () => {
  const { placeOf } = await resolvePipelineConfig({
    name: 'p',
    project: { file: 'project.yml', text: 'run:\n  additional_modules: [a]\n  timeout: 3\n' },
    pipeline: {
      file: 'p.yml',
      text: 'run:\n  additionalModules: [b, c]\nio:\n  load:\n    x.y: { type: csv, path: a }\n',
    },
    set: ['run.timeout=4'],
  });
  expect(placeOf(['run', 'additionalModules', '1'])).toEqual({ file: 'p.yml', line: 2, column: 26 });
  expect(placeOf(['io', 'load', 'x.y', 'path'])).toEqual({ file: 'p.yml', line: 5, column: 29 });
  expect(placeOf(['run', 'timeout'])).toBeUndefined();
  expect(placeOf(['run', 'cache', 'dir'])).toBeUndefined();
});

describe('explain', () => {
  const yml = (file: string, text: string) => ({ file, text });

  it('says that null brought the default back', async () => {
    const { explain } = await resolvePipelineConfig({
      name: 'p',
      project: yml('project.yml', 'run: { log_level: ERROR, timeout: 3 }'),
      pipeline: yml('p.yml', 'run: { log_level: null, timeout: null }'),
    });
    expect(explain('run.logLevel')).toEqual({
      winner: { value: 'INFO', layer: 'default', place: 'default' },
      losers: [
        { value: null, layer: 'pipeline', place: 'p.yml:1:19' },
        { value: 'ERROR', layer: 'project', place: 'project.yml:1:19' },
      ],
    });
    expect(explain('run.timeout').winner).toEqual({ value: undefined, layer: 'default', place: 'default' });
  });

  it('follows null and lists above the path', async () => {
    const { explain } = await resolvePipelineConfig({
      name: 'p',
      project: yml('project.yml', 'run: { inputs: { a: 1, l: { x: 1 } } }'),
      pipeline: yml('p.yml', 'run: { inputs: { l: [7, 8] } }'),
      overrides: { run: { inputs: { a: null } } },
    });
    expect(explain('run.inputs.a').winner).toMatchObject({ value: undefined, layer: 'default' });
    expect(explain('run.inputs.l.1').winner).toEqual({ value: 8, layer: 'pipeline', place: 'p.yml:1:21' });
  });

  it('shows the merged map and the layers with a part in it', async () => {
    const { explain } = await resolvePipelineConfig({
      name: 'p',
      pipeline: yml('p.yml', 'run: { inputs: { a: 1 } }'),
      set: ['run.inputs.b=2'],
    });
    expect(explain('run.inputs')).toEqual({
      winner: { value: { a: 1, b: 2 }, layer: 'set', place: '--set run.inputs.b' },
      losers: [
        { value: { a: 1 }, layer: 'pipeline', place: 'p.yml:1:16' },
        { value: {}, layer: 'default', place: 'default' },
      ],
    });
  });

  it('looks into values given in code', async () => {
    const { explain } = await resolvePipelineConfig({
      name: 'p',
      overrides: { run: { inputs: { row: { id: 7 } } } },
    });
    expect(explain('run.inputs.row.id').winner).toEqual({
      value: 7,
      layer: 'override',
      place: 'the settings of this call',
    });
  });

  it.each(['run.timout', 'runn', 'run.withAdaptor', 'run.timeout.x', 'run.finalVars.0', 'name.x'])(
    'refuses %s',
    async (path) => {
      const { explain } = await resolvePipelineConfig({ name: 'p' });
      expect(() => explain(path)).toThrow(expect.objectContaining({ code: 'FP_CONFIG_UNKNOWN_KEY' }));
    },
  );

  it('says what was probably meant', async () => {
    const { explain } = await resolvePipelineConfig({ name: 'p' });
    expect(() => explain('run.timout')).toThrow(
      "The configuration has no 'run.timout'. Did you mean 'timeout'?",
    );
  });
});
