import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBoundary, createLocalFileSystem, createMemoryFileSystem } from '@flowerpower/fs';
import type { NodeContext } from '@flowerpower/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deferred, errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';

const calls: string[] = [];
beforeEach(() => void (calls.length = 0));

const m = {
  total: ({ sales }: { sales: { amount: number | string }[] }) => {
    calls.push('total');
    return sales.reduce((sum, { amount }) => sum + Number(amount), 0);
  },
  report: ({ total, title = 'Total' }: { total: number; title?: string }) => {
    calls.push('report');
    return { title, total };
  },
  other: () => {
    calls.push('other');
    return 1;
  },
};
const io = {
  load: { sales: { type: 'csv', path: 'in/sales.csv' } },
  save: {
    report: { type: 'json', path: 'out/report.json' },
    other: { type: 'json', path: 'out/other.json' },
  },
};
const files = { 'in/sales.csv': 'region,amount\neu,1\nus,2\n' };

test('a run loads, computes and saves; savers have a place of their own in the result', async () => {
  const { runner, fs } = await setUp({ files });
  const result = await runner.run(pipeline(m, io), { runId: 'r1' });
  expect(result).toMatchObject({
    runId: 'r1',
    pipeline: 'etl',
    outputs: { report: { title: 'Total', total: 3 }, other: 1 },
    loaded: { sales: { format: 'csv', rows: 2 } },
    attempts: 1,
  });
  expect(Object.keys(result.outputs)).toEqual(['report', 'other']);
  expect(result.saved['report']).toMatchObject({ format: 'json', uri: fs.uri('out/report.json') });
  expect(JSON.parse(await fs.readText('out/report.json'))).toEqual({ title: 'Total', total: 3 });
});

test('explicit outputs run only the savers of nodes that are computed for them', async () => {
  const { runner, fs } = await setUp({ files });
  const definition = pipeline(m, io);
  const { outputs, saved } = await runner.run(definition, { outputs: ['total'] });
  expect(outputs).toEqual({ total: 3 });
  expect(saved).toEqual({});
  expect(calls).toEqual(['total']);

  const more = await runner.run(definition, { outputs: ['report', 'save.other'] });
  expect(Object.keys(more.outputs)).toEqual(['report']);
  expect(Object.keys(more.saved).sort()).toEqual(['other', 'report']);

  await fs.delete('out/report.json');
  const given = await runner.run(definition, { outputs: ['report'], overrides: { report: { total: 9 } } });
  expect(given.outputs).toEqual({ report: { total: 9 } });
  expect(given.saved).toEqual({});
});

test('final vars of the configuration do not keep savers from running', async () => {
  const { runner } = await setUp({ files });
  const result = await runner.run(pipeline(m, { ...io, run: { finalVars: ['total'] } }));
  expect(result.outputs).toEqual({ total: 3 });
  expect(Object.keys(result.saved).sort()).toEqual(['other', 'report']);
});

test('the plan says what the run does', async () => {
  const { runner, events } = await setUp({ files });
  const definition = pipeline(m, io);
  expect(runner.plan(definition, { outputs: ['report'] })).toEqual({
    outputs: ['report'],
    savers: ['save.report'],
    planned: ['sales.loader', 'sales', 'total', 'report', 'save.report'],
  });
  await runner.run(definition, { outputs: ['report'] });
  expect(events[0]).toMatchObject({ planned: ['sales.loader', 'sales', 'total', 'report', 'save.report'] });
});

test('an unused loader does not run unless it is asked for; alone it is nothing to run', async () => {
  const { runner } = await setUp({ files });
  const definition = pipeline({}, { load: io.load });
  expect((await runner.run(definition, { outputs: ['sales'] })).outputs['sales']).toHaveLength(2);
  expect(await errorOf(() => runner.run(definition))).toMatchObject({
    code: 'FP_NOTHING_TO_RUN',
    hint: expect.stringContaining('sales'),
  });
});

test('a loader can be saved as it is', async () => {
  const { runner, fs } = await setUp({ files });
  const save = { sales: { type: 'json', path: 'copy.json' } };
  const { outputs, saved } = await runner.run(pipeline({}, { load: io.load, save }));
  expect(outputs).toEqual({});
  expect(Object.keys(saved)).toEqual(['sales']);
  expect(JSON.parse(await fs.readText('copy.json'))).toHaveLength(2);
});

test('an override takes the place of a loader', async () => {
  const { runner } = await setUp();
  const { outputs, loaded } = await runner.run(pipeline(m, io), {
    outputs: ['total'],
    overrides: { sales: [{ amount: 5 }] },
  });
  expect(outputs).toEqual({ total: 5 });
  expect(loaded).toEqual({});
});

test('requests that cannot start are refused with every fault', async () => {
  const { runner } = await setUp({ files });
  const error = await errorOf(() =>
    runner.run(pipeline(m, io), { outputs: ['reprot'], inputs: { titel: 'x' }, overrides: { nothing: 1 } }),
  );
  expect(error).toMatchObject({
    code: 'FP_INVALID_EXECUTION',
    problems: [{ code: 'FP_UNKNOWN_OUTPUT' }, { code: 'FP_UNKNOWN_INPUT' }, { code: 'FP_UNKNOWN_OVERRIDE' }],
  });
  expect(calls).toEqual([]);
});

test('synchronous runs nodes one at a time, local concurrently', async () => {
  const peakOf = async (type: string) => {
    const { runner } = await setUp();
    let running = 0;
    let peak = 0;
    const one = async () => {
      peak = Math.max(peak, ++running);
      await Promise.resolve();
      running--;
    };
    await runner.run(
      pipeline({ a: () => one(), b: () => one(), c: () => one() }, { run: { executor: { type } } }),
    );
    return peak;
  };
  expect(await peakOf('local')).toBe(3);
  expect(await peakOf('synchronous')).toBe(1);
});

test('any number of runs at once, each with its own inputs, metadata and events', async () => {
  const { runner, events, fs } = await setUp();
  for (const id of ['a', 'b']) await fs.write(`${id}.json`, JSON.stringify([{ amount: id.length }]));
  const gate = deferred();
  const nodes = {
    wait: async ({ who }: { who: string }) => {
      await gate.promise;
      return who;
    },
  };
  const definition = pipeline(nodes, { load: { sales: { type: 'json', path: 'a.json' } } });
  const runs = Array.from({ length: 20 }, (_, index) =>
    runner.run(definition, {
      runId: `run-${index}`,
      inputs: { who: `w${index}` },
      outputs: index % 2 === 0 ? ['wait', 'sales'] : ['wait'],
    }),
  );
  gate.resolve();
  for (const [index, result] of (await Promise.all(runs)).entries()) {
    expect(result.outputs['wait']).toBe(`w${index}`);
    expect(Object.keys(result.loaded)).toEqual(index % 2 === 0 ? ['sales'] : []);
    const own = events.filter(({ runId }) => runId === `run-${index}`);
    expect(own.map(({ seq }) => seq)).toEqual(own.map((_, position) => position + 1));
    expect(own.at(-1)?.type).toBe('run.finished');
  }
});

test('an id that is in use is refused; afterwards it is free', async () => {
  const { runner, events } = await setUp();
  const gate = deferred();
  const definition = pipeline({ a: () => gate.promise });
  const first = runner.run(definition, { runId: 'r' });
  expect(await errorOf(() => runner.run(definition, { runId: 'r' }))).toMatchObject({
    code: 'FP_RUN_ID_IN_USE',
  });
  gate.resolve();
  await first;
  await runner.run(definition, { runId: 'r' });
  expect(events.filter(({ type }) => type === 'run.started')).toHaveLength(2);
});

test('nodes log through the context: to the sink, and as events, with their names', async () => {
  const { runner, logs, events } = await setUp();
  const nodes = {
    a: async (ctx: NodeContext) => {
      await Promise.resolve();
      ctx.log.info('half way', { rows: 2 });
      ctx.log.debug('too mild');
    },
  };
  await runner.run(pipeline(nodes), { runId: 'r' });
  expect(logs).toEqual([
    {
      ts: expect.any(String),
      level: 'INFO',
      msg: 'half way',
      run_id: 'r',
      pipeline: 'etl',
      node: 'a',
      attempt: 1,
      rows: 2,
    },
  ]);
  expect(events.filter(({ type }) => type === 'log')).toEqual([
    expect.objectContaining({ level: 'INFO', msg: 'half way', node: 'a', attempt: 1, fields: { rows: 2 } }),
  ]);
  await runner.run(pipeline(nodes, { run: { logLevel: 'DEBUG' } }));
  expect(logs.map(({ msg }) => msg)).toEqual(['half way', 'half way', 'too mild']);
});

test('settings without effect are said in the log of the run', async () => {
  const { runner, logs } = await setUp();
  await runner.run(pipeline({ a: () => 1 }, { run: { executor: { type: 'local', numCpus: 2 } } }));
  expect(logs).toEqual([
    expect.objectContaining({ level: 'WARNING', msg: expect.stringContaining('numCpus') }),
  ]);
});

test('memory: URIs share one filesystem for the life of the runner', async () => {
  const { runner } = await setUp();
  const save = { a: { type: 'json', path: 'memory://scratch/a.json' } };
  await runner.run(pipeline({ a: () => ({ x: 1 }) }, { save }));
  const load = { b: { type: 'json', path: 'memory://scratch/a.json' } };
  const { outputs } = await runner.run(pipeline({}, { name: 'reader', load }), { outputs: ['b'] });
  expect(outputs).toEqual({ b: { x: 1 } });
  await runner.close();
});

let directory: string;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'fp-runtime-'))));
afterEach(() => rm(directory, { recursive: true, force: true }));

test('on the local disk: relative paths below the project, absolute paths and file: URIs in folders that are allowed', async () => {
  await writeFile(join(directory, 'sales.csv'), files['in/sales.csv']);
  const project = createLocalFileSystem({ root: join(directory, 'project') });
  const boundary = createBoundary({ root: join(directory, 'project'), allowOutside: ['..'] });
  const { runner } = await setUp({ fs: project, boundary });
  const load = { sales: { type: 'csv', path: join(directory, 'sales.csv') } };
  const save = {
    report: { type: 'json', path: 'out/report.json' },
    other: { type: 'json', path: `file://${directory}/other.json` },
  };
  await runner.run(pipeline(m, { load, save }));
  expect(JSON.parse(await readFile(join(directory, 'project/out/report.json'), 'utf8'))).toMatchObject({
    total: 3,
  });
  expect(JSON.parse(await readFile(join(directory, 'other.json'), 'utf8'))).toBe(1);
  await runner.close();
});

test('the filesystem of the project belongs to the caller and stays open', async () => {
  const fs = createMemoryFileSystem();
  const { runner } = await setUp({ fs, files });
  await runner.run(pipeline(m, io));
  await runner.close();
  expect(await fs.exists('out/report.json')).toBe(true);
});
