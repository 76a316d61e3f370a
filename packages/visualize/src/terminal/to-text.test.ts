import { FlowerPowerError } from '@flowerpower/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGraph, anyText } from '../__fixtures__/arbitrary.js';
import { graphOf, largeGraph, marketing, shops } from '../__fixtures__/graphs.js';
import { displayWidth } from '../display-width.js';
import { toText } from './to-text.js';

test('draws a graph that a person can read', () => {
  const text = toText(marketing, { title: 'Marketing spend', outputs: ['saveForecast', 'spendMean'] });
  expect(text).toBe(`\
Marketing spend
9 nodes, 3 inputs, 15 edges

○         spend: number[]
│ ○       signups: number[]
│ │ ◇     currency: string
│ │ ├─▽   rates: Map<string, number>  ← currency
│ │ │ │     Exchange rates of the day.
╰─│─│─┴─● spendInEuro: number[]  ← spend, table = rates
  │ │   │   Spend, converted.
●─│─│───┤ spendMean: number ★  ← spendInEuro
│ │ │   │   Average spend per day.
╰─│─│─●─┤ spendZeroMean: number[]  ← spendInEuro, spendMean
  │ │ │ │   offset = 0 · label = "centred"
●─┴─│─│─╯ spendPerSignup: number[]  ← spendInEuro, signups
│   │ │     Cost per signup.
├─● │ │   forecast.trend: Trend  ← series = spendPerSignup
╰─│─┴─│─● forecast.season: Season  ← series = spendPerSignup, calendar = currency?
●─┴───│─╯ forecast.next: number[]  ← forecast.trend, forecast.season
╰─▲╌╌╌╯   saveForecast ★  ← forecast.next, spendZeroMean?

○ input, ◇ config, ▽ loader, ● function, ▲ saver, ★ requested output, ? optional
`);
});

test('says what runs for each item, what is taken together, and what chooses', () => {
  expect(toText(shops)).toBe(`\
8 nodes, 8 edges

●       region
├─●     shop  × region  ← each region
│ ╰─●   sales  × region × shop  ← each shop
│   │     cache: recompute
╰─●─╯   perRegion  × region  ← all sales (failed ones too), each region
●─╯     total  ← sums = all perRegion (as a stream)
│ ●     mode
│ │ ●   estimate
╰─┴─┴─◆ report  ← mode (chooses), estimate (quick, ""), total (otherwise)

● function, ◆ branch, × once for each item, all = items taken together
`);
});

test('lines that would take too much room give way to names', () => {
  const fan = graphOf([
    ...Array.from({ length: 30 }, (_, i) => ({ name: `in${i}`, kind: 'input' as const })),
    { name: 'sum', needs: Array.from({ length: 30 }, (_, i) => `in${i}`) },
  ]);
  const text = toText(fan, { width: 60, showLegend: false });
  expect(text).not.toMatch(/[│╰├┴─]/);
  expect(text).toContain('○ in29\n● sum\n    ← in0, in1, in2,');
  for (let i = 0; i < 30; i++) expect(text).toMatch(new RegExp(`in${i}(,|\\n)`));
});

test('colours change nothing but colours', () => {
  const options = { outputs: ['spendMean'], title: 'Marketing', width: 60 };
  const colored = toText(marketing, { ...options, color: true });
  expect(colored).toContain('\u001B[');
  // oxlint-disable-next-line no-control-regex -- ANSI codes are what is removed
  expect(colored.replace(/\u001B\[[\d;]*m/g, '').replace(/ +$/gm, '')).toBe(toText(marketing, options));
});

test('hideInputs, showLegend', () => {
  expect(toText(marketing, { hideInputs: true })).not.toMatch(/^.*○/m);
  expect(toText(marketing, { showLegend: false })).not.toContain('★ requested');
});

test.each([39, 1001, 50.5])('width %d is an error', (width) => {
  expect(() => toText(marketing, { width })).toThrow(FlowerPowerError);
});

test('law: no line is wider than asked and none holds a control character', () => {
  fc.assert(
    fc.property(anyGraph(), anyText, fc.integer({ min: 40, max: 120 }), (graph, title, width) => {
      const text = toText(graph, { title, width });
      expect(toText(graph, { title, width })).toBe(text);
      for (const line of text.split('\n')) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
      }
    }),
  );
});

test('a large graph is one entry per node', () => {
  const graph = largeGraph(500);
  const text = toText(graph, { showLegend: false, width: 200 });
  for (const name of graph.nodes.keys()) expect(text).toContain(` ${name}`);
});
