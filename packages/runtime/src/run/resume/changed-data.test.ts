/** A run that resumes never mixes what was made of old data with what is made of new data. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataLoader, loadFrom, node } from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';
import { from } from '@flowerpower/io';
import { createRegistry } from '@flowerpower/plugin';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LoosePipeline, pipeline } from '../../__fixtures__/set-up.js';
import { createLogger } from '../../logging/logger.js';
import { createRunStore } from '../../store/run-store.js';
import { createPipelineRunner } from '../pipeline-runner.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-changed-data-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function setUp() {
  const store = createRunStore({ dir: join(root, 'runs') });
  const said: string[] = [];
  const runner = createPipelineRunner({
    registry: createRegistry(),
    fs: createLocalFileSystem({ root }),
    recording: { store },
    log: createLogger({ sink: ({ msg }) => void said.push(msg) }),
  });
  return {
    said,
    run: (nodes: object, more: LoosePipeline) => runner.settle(pipeline(nodes, more)),
    async resume(nodes: object, more: LoosePipeline) {
      said.length = 0;
      const [last] = await store.list({ limit: 1 });
      return runner.settle(pipeline(nodes, more), { resume: { from: await store.read(last!.runId) } });
    },
  };
}

/** With times that are far from those of the run. */
function write(text: string, when: 'before' | 'after'): void {
  const file = join(root, 'orders.json');
  writeFileSync(file, text);
  const seconds = Date.now() / 1000 + (when === 'before' ? -3600 : 3600);
  utimesSync(file, seconds, seconds);
}

const nodesOf = (isBroken: boolean) => ({
  total: ({ orders }: { orders: number[] }) => orders.reduce((sum, order) => sum + order, 0),
  count: ({ orders }: { orders: number[] }) => orders.length,
  report: ({ total, count }: { total: number; count: number }) => {
    if (isBroken) throw new Error('broken');
    return `${total} of ${count}`;
  },
});
const edited = {
  ...nodesOf(false),
  total: ({ orders }: { orders: number[] }) => orders.reduce((sum, order) => sum + order * 1, 0),
};
const load = { orders: { type: 'json', path: 'orders.json' } };

test('data that is what it was is not read again', async () => {
  const { run, resume, said } = setUp();
  write('[1,2]', 'before');
  await run(nodesOf(true), { load });
  expect(await resume(nodesOf(false), { load })).toMatchObject({ outputs: { report: '3 of 2' } });
  expect(said).toEqual([]);
});

test.each([
  ['with the same code', nodesOf(false)],
  ['with a function that was edited', edited],
])('edited data is loaded, and everything is made of it: %s', async (_, nodes) => {
  const { run, resume, said } = setUp();
  write('[1,2]', 'before');
  await run(nodesOf(true), { load });
  write('[1,5]', 'after');
  expect(await resume(nodes, { load })).toMatchObject({ outputs: { report: '6 of 2' } });
  expect(said).toContain("'count' runs again: orders.json changed since.");
});

test('data of another size is edited data, whatever its time', async () => {
  const { run, resume } = setUp();
  write('[1,2]', 'before');
  await run(nodesOf(true), { load });
  write('[1,2,3]', 'before');
  expect(await resume(nodesOf(false), { load })).toMatchObject({ outputs: { report: '6 of 3' } });
});

test('a function that was edited and unchanged data: what else was made of the data stands', async () => {
  const { run, resume, said } = setUp();
  write('[1,2]', 'before');
  await run(nodesOf(true), { load });
  expect(await resume(edited, { load })).toMatchObject({ outputs: { report: '3 of 2' } });
  expect(said.filter((text) => text.includes("'count'"))).toEqual([]);
});

test('data that code names, and a run that resumed before', async () => {
  const { run, resume } = setUp();
  const of = (isBroken: boolean) => ({
    ...nodesOf(isBroken),
    orders: node(
      ({ data }: { data: number[] }) => data,
      loadFrom({ data: from.json({ path: 'orders.json' }) }),
    ),
  });
  write('[1,2]', 'before');
  await run(of(true), {});
  await resume(of(true), {});
  write('[1,5]', 'after');
  expect(await resume(of(false), {})).toMatchObject({ outputs: { report: '6 of 2' } });
});

test('data that is gone fails the run, which does not go on with what it was', async () => {
  const { run, resume } = setUp();
  write('[1,2]', 'before');
  await run(nodesOf(true), { load });
  rmSync(join(root, 'orders.json'));
  expect(await resume(nodesOf(false), { load })).toMatchObject({ status: 'failure' });
});

test('what nobody can compare is taken over with a warning, and where it is read again, so is everything below', async () => {
  const { run, resume, said } = setUp();
  let data = [1, 2];
  const of = (nodes: object) => ({
    ...nodes,
    orders: node((): [number[], object] => [data, {}], dataLoader()),
  });
  await run(of(nodesOf(true)), {});
  data = [1, 5, 6];
  expect(await resume(of(nodesOf(true)), {})).toMatchObject({ status: 'failure' });
  expect(said).toContain(
    'Whether other data is loaded now than then is not known of orders; what was made of it is taken over.',
  );
  expect(await resume(of(edited), {})).toMatchObject({ outputs: { report: '12 of 3' } });
  expect(said).toContain("'count' runs again: 'orders' is read again.");
});
