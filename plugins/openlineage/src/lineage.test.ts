/** C47: what runs say of their lineage, however they end. */
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { createPipelineRunner, defaultRunConfig, type RunConfig, type RunEvent } from '@flowerpower/runtime';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportLineage, type LineageEvent } from './index.js';

const io = {
  load: { rows: { type: 'csv', path: 'rows.csv' } },
  save: { total: { type: 'json', path: 'out/total.json' } },
};

async function eventsOf(
  nodes: object,
  {
    run = {},
    withIo = false,
    overrides = {},
  }: { run?: Partial<RunConfig>; withIo?: boolean; overrides?: object } = {},
): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const fs = createMemoryFileSystem();
  await fs.write('rows.csv', 'a,b\n1,x\n2,y\n');
  const runner = createPipelineRunner({
    registry: createRegistry(),
    fs,
    onEvent: (event) => void events.push(event),
  });
  await runner.settle(
    {
      name: 'shop',
      modules: [nodes],
      params: {},
      io: withIo ? io : { load: {}, save: {} },
      run: { ...defaultRunConfig, ...run },
    },
    overrides,
  );
  await runner.close();
  return events;
}

const total = { total: (rows: { a: number }[]) => rows.reduce((sum, { a }) => sum + a, 0) };
const kinds = (events: readonly LineageEvent[]) => events.map(({ eventType }) => eventType);

test('a run that succeeds says what it read and wrote, with rows, sizes and columns', async () => {
  const events = exportLineage(await eventsOf(total, { withIo: true }), {
    namespace: 'examples',
    parameters: { 'params.rate': '2' },
  });
  expect(kinds(events)).toEqual(['START', 'COMPLETE']);
  const [start, complete] = events;
  expect([start!.inputs, start!.outputs]).toEqual([[], []]);
  expect(start!.job).toMatchObject({ namespace: 'examples', name: 'shop' });
  expect(start!.run.facets).toMatchObject({
    processing_engine: { name: 'FlowerPower' },
    executionParameters: { parameters: [{ key: 'params.rate', value: '2' }] },
  });
  expect(complete!.inputs).toMatchObject([
    {
      namespace: 'inmemory://',
      name: '/rows.csv',
      facets: {
        schema: {
          fields: [
            { name: 'a', ordinal_position: 1 },
            { name: 'b', type: 'string' },
          ],
        },
        storage: { storageLayer: 'memory', fileFormat: 'csv' },
        version: { datasetVersion: expect.stringMatching(/^[\da-f]{64}$/) as string },
      },
      inputFacets: { inputStatistics: { rowCount: 2, size: 12, fileCount: 1 } },
    },
  ]);
  expect(complete!.outputs).toMatchObject([
    {
      namespace: 'inmemory://',
      name: '/out/total.json',
      outputFacets: { outputStatistics: { size: expect.any(Number) as number, fileCount: 1 } },
    },
  ]);
});

test('a run that fails ends with FAIL and why', async () => {
  const nodes = {
    a: () => {
      throw new TypeError('no rate');
    },
  };
  const events = exportLineage(await eventsOf(nodes));
  expect(kinds(events)).toEqual(['START', 'FAIL']);
  expect(events[1]!.run.facets['errorMessage']).toMatchObject({
    message: expect.stringContaining('no rate') as string,
    programmingLanguage: 'TYPESCRIPT',
    stackTrace: expect.stringContaining('a') as string,
  });
});

test('a run that is cancelled ends with ABORT, also before anything ran', async () => {
  const controller = new AbortController();
  const nodes = {
    a: (ctx: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) => {
        ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason as Error));
        controller.abort();
      }),
  };
  const overrides = { signal: controller.signal };
  expect(kinds(exportLineage(await eventsOf(nodes, { overrides })))).toEqual(['START', 'ABORT']);
  expect(kinds(exportLineage(await eventsOf(nodes, { overrides })))).toEqual(['START', 'ABORT']);
});

test('a run that cannot start ends with FAIL', async () => {
  expect(kinds(exportLineage(await eventsOf({ a: (gone: number) => gone })))).toEqual(['START', 'FAIL']);
});

describe('the run around a run', () => {
  const runId = '0190b6c5-0000-7000-8000-000000000000';

  test('is the one that it continues', async () => {
    const resumed = (await eventsOf({ a: () => 1 })).map((event) =>
      event.type === 'run.started' ? { ...event, resumeOf: runId } : event,
    );
    const [start] = exportLineage(resumed, { namespace: 'n', parentId: `x/y/${runId.replace('7', '8')}` });
    expect(start!.run.facets['parent']).toMatchObject({
      run: { runId },
      job: { namespace: 'n', name: 'shop' },
    });
    expect(start!.run.facets['flowerpower_run']).toMatchObject({ resumeOf: runId });
  });

  test('is else that of OPENLINEAGE_PARENT_ID', async () => {
    const [start] = exportLineage(await eventsOf({ a: () => 1 }), { parentId: `a/b/job.1/${runId}` });
    expect(start!.run.facets['parent']).toMatchObject({
      run: { runId },
      job: { namespace: 'a/b', name: 'job.1' },
    });
    const [none] = exportLineage(await eventsOf({ a: () => 1 }), { parentId: 'nonsense' });
    expect(none!.run.facets).not.toHaveProperty('parent');
  });
});

test('C47: of any run there is one START and one end; with nodes, of each node that ran as well, within the run', async () => {
  const aGraph = fc.array(
    fc.record({ reads: fc.array(fc.nat(9), { maxLength: 3 }), fails: fc.integer({ min: 0, max: 5 }) }),
    { minLength: 1, maxLength: 8 },
  );
  const { node } = await import('@flowerpower/core');
  await fc.assert(
    fc.asyncProperty(aGraph, fc.constantFrom('fail', 'continue'), async (graph, onError) => {
      const nodes = Object.fromEntries(
        graph.map(({ reads, fails }, index) => {
          const inputs = [...new Set(index === 0 ? [] : reads.map((each) => `n${each % index}`))];
          const compute = async () => {
            if (fails === 0) throw new Error('no');
            return index;
          };
          return [`n${index}`, node({ inputs }, compute)];
        }),
      );
      const recorded = await eventsOf(nodes, { run: { onError } });
      const events = exportLineage(recorded, { nodes: true });
      const ran = new Set(recorded.flatMap((event) => (event.type === 'node.started' ? [event.node] : [])));
      const byRun = new Map<string, LineageEvent[]>();
      for (const event of events) byRun.set(event.run.runId, [...(byRun.get(event.run.runId) ?? []), event]);
      expect(byRun.size).toBe(1 + ran.size);
      for (const [runId, own] of byRun) {
        expect(own).toHaveLength(2);
        expect(own[0]!.eventType).toBe('START');
        expect(['COMPLETE', 'FAIL', 'ABORT']).toContain(own[1]!.eventType);
        expect(runId).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
        if (own[0]!.job.name === 'shop') continue;
        expect(own[0]!.run.facets['parent']).toMatchObject({ run: { runId: recorded[0]!.runId } });
      }
      expect([...new Set(events.map(({ job }) => job.name))].toSorted()).toEqual(
        ['shop', ...[...ran].map((name) => `shop.${name}`)].toSorted(),
      );
    }),
    { numRuns: 40 },
  );
});

test('events of several runs may be mixed', async () => {
  const [one, two] = [await eventsOf({ a: () => 1 }), await eventsOf({ a: () => 1 })];
  const mixed = one.flatMap((event, index) => [event, two[index]!]);
  expect(kinds(exportLineage(mixed))).toEqual(['START', 'START', 'COMPLETE', 'COMPLETE']);
});
