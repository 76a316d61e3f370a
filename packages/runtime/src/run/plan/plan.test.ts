/** What a plan says is what the run does; it runs nothing and writes nothing. */
import { branch, checkOutput, inRange, node, tag } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { expect, test } from 'vitest';
import { errorOf, type LoosePipeline, pipeline, setUp } from '../../__fixtures__/set-up.js';
import type { PipelinePlan } from '../../plan/pipeline-plan.js';

const on = { enabled: true };

function shop(calls: string[] = [], version = 1) {
  const note = <T>(name: string, value: T): T => [calls.push(name), value][1] as T;
  return {
    clean:
      version === 1
        ? ({ sales }: { sales: { n: number }[] }) =>
            note(
              'clean',
              sales.map(({ n }) => n),
            )
        : ({ sales }: { sales: { n: number }[] }) =>
            note(
              'clean',
              sales.map((row) => row.n),
            ),
    total: ({ clean, factor }: { clean: number[]; factor: number }) =>
      note('total', clean.reduce((sum, n) => sum + n, 0) * factor),
    report: ({ total }: { total: number }) => note('report', { total }),
    other: () => note('other', 1),
  };
}

const files = { 'sales.json': '[{"n":1},{"n":2}]' };
const setting: LoosePipeline = {
  params: { total: { factor: 2 } },
  load: { sales: { type: 'json', path: 'sales.json' } },
  save: { report: { type: 'json', path: 'out/report.json' } },
  run: { cache: on },
};

/** `name: action, because`. */
function said({ nodes }: PipelinePlan): string[] {
  return nodes
    .filter(({ loaded }) => loaded !== 'pair')
    .map(({ node: name, action, because }) => `${name}: ${action}, ${because}`);
}

async function filesOf(fs: FileSystem): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for await (const { path } of fs.list('', { recursive: true }))
    found.push([path, Buffer.from(await fs.read(path)).toString('base64')]);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('an empty cache, a full one, and one whose nodes have changed', async () => {
  const calls: string[] = [];
  const { runner, fs } = await setUp({ files });
  const definition = pipeline(shop(calls), setting);
  const before = await filesOf(fs);
  expect(said(await runner.preview(definition))).toEqual([
    'sales: run, loaded in every run',
    'clean: run, not in the cache yet',
    'total: run, not in the cache yet',
    'report: run, not in the cache yet',
    'other: run, not in the cache yet',
    'save.report: run, saved in every run',
  ]);
  expect(await filesOf(fs)).toEqual(before);
  expect(calls).toEqual([]);

  await runner.run(definition);
  const after = await filesOf(fs);
  expect(said(await runner.preview(definition))).toEqual([
    'sales: run, loaded in every run',
    'clean: unknown, until sales has run',
    'total: unknown, until sales has run',
    'report: unknown, until sales has run',
    'other: cached, in the cache',
    'save.report: run, saved in every run',
  ]);
  const changed = pipeline(shop(calls, 2), { ...setting, params: { total: { factor: 3 } } });
  const other = await setUp({ fs });
  expect(said(await other.runner.preview(changed)).slice(1, 4)).toEqual([
    'clean: unknown, until sales has run; its code changed',
    'total: unknown, until sales has run; its parameter factor changed',
    'report: unknown, until sales has run',
  ]);
  // With the data at hand more is known.
  expect(said(await other.runner.preview(changed, {}, { load: true })).slice(1, 4)).toEqual([
    'clean: run, its code changed',
    'total: unknown, until clean has run; its parameter factor changed',
    'report: unknown, until clean has run',
  ]);
  expect(said(await other.runner.preview(definition, {}, { load: true })).slice(1, 4)).toEqual([
    'clean: cached, in the cache',
    'total: cached, in the cache',
    'report: cached, in the cache',
  ]);
  expect(await filesOf(fs)).toEqual(after);
});

test('what is written over is said, and what is new', async () => {
  const { runner, fs } = await setUp({ files });
  const definition = pipeline(shop(), setting);
  expect((await runner.preview(definition)).saves).toEqual([
    { node: 'report', path: 'out/report.json', exists: false },
  ]);
  await fs.write('out/report.json', '{}');
  expect((await runner.preview(definition)).saves).toMatchObject([
    { node: 'report', path: 'out/report.json', exists: true, sizeBytes: 2 },
  ]);
});

test('inputs, given values, checks and branches without a cache', async () => {
  const { runner } = await setUp();
  const m = {
    size: node(({ rows }: { rows: number }) => rows, checkOutput(inRange(0, 10))),
    side: ({ size }: { size: number }) => (size > 5 ? 'large' : 'small'),
    largeData: () => 1,
    large: ({ largeData }: { largeData: number }) => largeData,
    small: () => 2,
    result: branch('side', { large: 'large', small: 'small' }),
    idle: () => 0,
  };
  const definition = pipeline(m, { run: { inputs: { rows: 3 }, finalVars: ['result'] } });
  expect(said(await runner.preview(definition))).toEqual([
    'size_raw: run, there is no cache',
    'size_inRange: run, there is no cache',
    'size: run, hands on what is checked',
    'side: run, there is no cache',
    'largeData: unknown, until side has run, which decides for result',
    'large: unknown, until side has run, which decides for result',
    'small: unknown, until side has run, which decides for result',
    'result: run, takes the side that is chosen',
    'idle: skip, nothing that is asked for needs it',
  ]);
  expect(said(await runner.preview(definition, { overrides: { side: 'small' } }))).toEqual([
    'size_raw: skip, only values that are given would need it',
    'size_inRange: skip, only values that are given would need it',
    'size: skip, only values that are given would need it',
    'side: skip, its value is given',
    "largeData: skip, 'result' takes another side",
    "large: skip, 'result' takes another side",
    'small: run, there is no cache',
    'result: run, takes the side that is chosen',
    'idle: skip, nothing that is asked for needs it',
  ]);
});

test('a plan refuses what the run would refuse', async () => {
  const { runner } = await setUp();
  const definition = pipeline({ twice: ({ x }: { x: number }) => 2 * x });
  expect(await errorOf(() => runner.preview(definition))).toMatchObject({ code: 'FP_MISSING_INPUT' });
  expect(await errorOf(() => runner.preview(definition, { outputs: ['twize'] }))).toMatchObject({
    code: 'FP_UNKNOWN_OUTPUT',
  });
});

test('an entry that is damaged is computed, and the plan leaves it where it is', async () => {
  const { runner, fs } = await setUp();
  const definition = pipeline({ one: () => 1 }, { run: { cache: on } });
  await runner.run(definition);
  for await (const { path } of fs.list('.flowerpower/cache/keys', { recursive: true }))
    await fs.write(path, 'x');
  const before = await filesOf(fs);
  expect(said(await runner.preview(definition))).toEqual(['one: run, the cache cannot be read']);
  expect(await filesOf(fs)).toEqual(before);
});

test('from computes a node and all below it anew, and takes the rest from the cache', async () => {
  const calls: string[] = [];
  const { runner } = await setUp({ files });
  const definition = pipeline(shop(calls), setting);
  await runner.run(definition);
  calls.length = 0;
  const slice = { from: ['total'] };
  expect(said(await runner.preview(definition, slice, { load: true }))).toEqual([
    'sales: run, loaded in every run',
    'clean: cached, in the cache',
    'total: run, computed anew',
    'report: run, computed anew',
    'other: skip, nothing that is asked for needs it',
    'save.report: run, saved in every run',
  ]);
  const { outputs, saved } = await runner.run(definition, slice);
  expect({ outputs, saved: Object.keys(saved), calls }).toEqual({
    outputs: { report: { total: 6 } },
    saved: ['report'],
    calls: ['total', 'report'],
  });
  calls.length = 0;
  await runner.run(definition, { from: ['clean'], to: ['total'] });
  expect(calls).toEqual(['clean', 'total']);
  expect(await errorOf(() => runner.run(definition, { from: ['other'], to: ['total'] }))).toMatchObject({
    code: 'FP_SLICE_EMPTY',
    message: "'total' does not need 'other', so there is nothing to compute between them.",
  });
});

test('only computes the nodes that it names, and refuses where a value is kept nowhere', async () => {
  const calls: string[] = [];
  const { runner, fs } = await setUp({ files });
  const definition = pipeline(shop(calls), setting);
  expect(await errorOf(() => runner.run(definition, { only: ['report'] }))).toMatchObject({
    code: 'FP_SLICE_VALUES',
    message: "'total' is needed and not kept anywhere: not in the cache, and nothing saved.",
  });
  await runner.run(definition);
  await fs.delete('out/report.json');
  calls.length = 0;
  expect(said(await runner.preview(definition, { only: ['report'] })).slice(2, 4)).toEqual([
    'total: unknown, from the cache, if it is there: known when sales has run',
    'report: run, computed anew',
  ]);
  const { outputs } = await runner.run(definition, { only: ['report'] });
  expect({ outputs, calls, isSaved: await fs.exists('out/report.json') }).toEqual({
    outputs: { report: { total: 6 } },
    calls: ['report'],
    isSaved: true,
  });
});

test('only takes a branch from what is in the cache of its sides, and a plan does not deny it', async () => {
  const calls: string[] = [];
  const m = {
    side: () => 'left',
    left: () => 1,
    right: () => 2,
    taken: branch('side', { left: 'left', right: 'right' }),
    report: ({ taken }: { taken: unknown }) => [calls.push('report'), taken][1],
  };
  const { runner } = await setUp();
  const definition = pipeline(m, { run: { cache: on } });
  await runner.run(definition);
  const plan = await runner.preview(definition, { only: ['report'] });
  expect(said(plan).slice(3)).toEqual(['taken: cached, in the cache', 'report: run, computed anew']);
  expect((await runner.run(definition, { only: ['report'] })).outputs).toEqual({ report: 1 });
  expect(calls).toEqual(['report', 'report']);
});

test('only reads back what was saved where there is no cache', async () => {
  const calls: string[] = [];
  const { runner } = await setUp({ files });
  const definition = pipeline(shop(calls), {
    ...setting,
    save: { ...setting.save, total: { type: 'json', path: 'out/total.json' } },
    run: {},
  });
  await runner.run(definition);
  calls.length = 0;
  expect(said(await runner.preview(definition, { only: ['report'] }))[2]).toBe(
    'total: cached, read back from out/total.json',
  );
  expect((await runner.run(definition, { only: ['report'] })).outputs).toEqual({ report: { total: 6 } });
  expect(calls).toEqual(['report']);
});

test('tags pick the outputs', async () => {
  const { runner } = await setUp();
  const m = { a: node(() => 1, tag({ owner: 'x' })), b: node(() => 2, tag({ owner: 'y' })), c: () => 3 };
  expect((await runner.run(pipeline(m), { tags: { owner: 'y' } })).outputs).toEqual({ b: 2 });
  expect(await errorOf(() => runner.run(pipeline(m), { tags: { team: 'y' } }))).toMatchObject({
    code: 'FP_SLICE_EMPTY',
    message: 'No node has the tags team=y.',
    hint: 'Tags of this pipeline: owner.',
  });
});

test('missingOutputs runs the savers whose files are not there, and nothing where all are', async () => {
  const calls: string[] = [];
  const { runner, fs, events } = await setUp({ files });
  const definition = pipeline(shop(calls), {
    ...setting,
    save: { ...setting.save, other: { type: 'json', path: 'out/other.json' } },
    run: {},
  });
  await fs.write('out/report.json', '{}');
  const { saved } = await runner.run(definition, { missingOutputs: true });
  expect({ saved: Object.keys(saved), calls }).toEqual({ saved: ['other'], calls: ['other'] });
  calls.length = 0;
  const again = await runner.run(definition, { missingOutputs: true });
  expect({ status: again.status, nodes: again.nodes, calls }).toEqual({
    status: 'success',
    nodes: {},
    calls: [],
  });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'success' });
  expect(
    (await runner.preview(definition, { missingOutputs: true })).nodes.map(({ action }) => action),
  ).toEqual(Array.from({ length: 8 }, () => 'skip'));
});

test('two ways to say what to compute are refused, and so is only in a synchronous run', async () => {
  const { runner, events } = await setUp();
  const definition = pipeline({ one: () => 1 });
  expect(await errorOf(() => runner.run(definition, { only: ['one'], to: ['one'] }))).toMatchObject({
    code: 'FP_SLICE_CONFLICT',
    message: 'to and only are given together, and each says what to compute.',
  });
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.finished']);
  expect(await errorOf(() => runner.runSync(definition, { only: ['one'] }))).toMatchObject({
    code: 'FP_NOT_SYNCHRONOUS',
  });
  expect(runner.runSync(definition, { to: ['one'] }).outputs).toEqual({ one: 1 });
  expect(await errorOf(() => runner.run(definition, { from: ['onne'] }))).toMatchObject({
    code: 'FP_UNKNOWN_NODE',
  });
});

test('a cache of another runner and a cleared one change nothing but what is known', async () => {
  const fs = createMemoryFileSystem();
  const first = await setUp({ fs, files });
  const definition = pipeline(shop(), setting);
  await first.runner.run(definition);
  for await (const { path } of fs.list('.flowerpower/cache/keys', { recursive: true })) await fs.delete(path);
  const second = await setUp({ fs });
  expect(said(await second.runner.preview(definition, {}, { load: true })).slice(1, 3)).toEqual([
    'clean: run, its value is gone from the cache',
    'total: run, not in the cache yet',
  ]);
});
