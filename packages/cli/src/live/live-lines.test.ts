/** What a person is told of a run while it goes on. */
import { createDriver, collect, fanOutsAround, node, parallelizable } from '@flowerpower/core';
import type { RunEvent } from '@flowerpower/runtime';
import { expect, test } from 'vitest';
import { liveLines } from './live-lines.js';
import { watchRun } from './run-watch.js';

const { graph } = createDriver({
  modules: [
    {
      orders: () => 5,
      city: node(({ orders }: { orders: number }) => [orders], parallelizable()),
      geo: ({ city }: { city: number }) => city,
      all: node(({ geo }: { geo: number[] }) => geo.length, collect('geo')),
    },
  ],
});
const planned = ['orders.loader', 'orders', 'city', 'geo', 'all'];

function watching() {
  let nowMs = 0;
  const watch = watchRun(() => nowMs, fanOutsAround(graph));
  const see = (event: object) => watch.see({ attempt: 1, summary: {}, ...event } as unknown as RunEvent);
  return {
    see,
    at(ms: number, ...events: readonly object[]) {
      nowMs = ms;
      events.forEach(see);
    },
    lines: (columns = 80, rows = 24) =>
      liveLines(watch, nowMs, { columns, rows }, { paint: (_style, text) => text }),
  };
}

const start = { type: 'run.started', planned };
const started = (node: string) => ({ type: 'node.started', node });
const succeeded = (node: string, rows?: number) => ({ type: 'node.succeeded', node, summary: { rows } });

test('nothing before the run; then what runs, for how long, and how much of the run is done', () => {
  const { at, lines } = watching();
  expect(lines()).toEqual([]);
  at(0, start, started('orders.loader'));
  expect(lines()).toEqual(['  ▸ orders', '  0 of 4 nodes']);
  at(61_500);
  expect(lines()).toEqual(['  ▸ orders  1 min 1 s', '  0 of 4 nodes  1 min 1 s']);
  at(62_000, succeeded('orders.loader'), started('orders'), succeeded('orders'), started('city'));
  expect(lines()).toEqual(['  ▸ city', '  1 of 4 nodes  1 min 2 s']);
});

test('items: how many of how many, the rate, what failed, and what is left', () => {
  const { at, lines } = watching();
  at(0, start, started('city'), succeeded('city', 10_000), started('geo'));
  at(5000, { type: 'node.progress', node: 'geo', items: 2500, failedItems: 3 });
  expect(lines()[0]).toBe('  ▸ geo  2500 of 10000 items, 3 failed, 500/s, about 15 s left, 5 s');
  // Between two reports the rate stays, and what is left passes.
  at(8000);
  expect(lines()[0]).toBe('  ▸ geo  2500 of 10000 items, 3 failed, 500/s, about 12 s left, 8 s');
  at(8000, { type: 'node.progress', node: 'geo', items: 4 });
  expect(lines()[0]).toBe('  ▸ geo  4 of 10000 items, 30.0/min, about 5 h 33 min left, 8 s');
});

test('without a list of known length nothing is said of how many there will be', () => {
  const { at, lines } = watching();
  at(0, start, started('city'), succeeded('city'), started('geo'));
  at(2000, { type: 'node.progress', node: 'geo', items: 9 });
  expect(lines()[0]).toBe('  ▸ geo  9 items, 4.5/s, 2 s');
});

test('failures are counted, a wait for another attempt is told, and what runs again is not done', () => {
  const { at, lines } = watching();
  at(0, start, started('orders'), { type: 'node.failed', node: 'orders' });
  at(1000, { type: 'retry.scheduled', attempt: 1, delayMs: 8000 });
  expect(lines()).toEqual(['  1 of 4 nodes  1 failed  attempt 2 in 8 s, 1 s']);
  at(9000, started('orders'));
  expect(lines()).toEqual(['  ▸ orders', '  0 of 4 nodes  9 s']);
});

test('more nodes than there is room for; a low and a narrow terminal show less', () => {
  const { at, lines } = watching();
  const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
  at(0, { type: 'run.started', planned: names }, ...names.map(started));
  expect(lines()).toHaveLength(9);
  expect(lines()[7]).toBe('  … and 13 more');
  expect(lines(80, 8)).toEqual(['  ▸ n0', '  ▸ n1', '  … and 18 more', '  0 of 20 nodes']);
  expect(lines(80, 2)).toEqual(['  0 of 20 nodes']);
  expect(lines(20, 24)).toEqual(['  0/20']);
});
