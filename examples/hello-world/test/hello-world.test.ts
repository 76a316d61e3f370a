import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createDriver } from 'flowerpower';
import { describe, expect, test } from 'vitest';
import * as pipeline from '../pipelines/hello_world.js';
import type { MarketingWeek } from '../pipelines/hello_world.js';

const marketing: MarketingWeek[] = [
  { week: '2025-W01', spend: 100, signups: 10 },
  { week: '2025-W02', spend: 300, signups: 20 },
  { week: '2025-W03', spend: 200, signups: 0 },
  { week: '2025-W04', spend: 600, signups: 30 },
];

describe('the functions, called as functions', () => {
  test('spend and signups are columns of the table', () => {
    expect(pipeline.spend({ marketing })).toEqual([100, 300, 200, 600]);
    expect(pipeline.signups(marketing)).toEqual([10, 20, 0, 30]);
  });

  test('the rolling mean starts when the window is full', () => {
    expect(pipeline.avgThreeWeekSpend({ spend: [3, 6, 9, 0] })).toEqual([null, null, 6, 5]);
    expect(pipeline.avgThreeWeekSpend({ spend: [3, 6, 9, 0], rolling: 1 })).toEqual([3, 6, 9, 0]);
    expect(pipeline.avgThreeWeekSpend({ spend: [3, 6], rolling: 3 })).toEqual([null, null]);
  });

  test.each([0, -1, 1.5, Number.NaN])('a rolling window of %d weeks is refused', (rolling) => {
    expect(() => pipeline.avgThreeWeekSpend({ spend: [1, 2], rolling })).toThrow(
      `rolling must be a whole number of weeks, at least 1, got ${rolling}.`,
    );
  });

  test('a week without signups has no cost', () => {
    expect(pipeline.spendPerSignup({ spend: [100, 200], signups: [10, 0] })).toEqual([10, null]);
  });

  test('the standard deviation is that of a sample, and needs two weeks', () => {
    expect(pipeline.spendStdDev({ spend: [1, 3], spendMean: 2 })).toBeCloseTo(Math.SQRT2, 12);
    expect(() => pipeline.spendStdDev({ spend: [1], spendMean: 1 })).toThrow('at least two weeks, got 1');
  });

  test('a node with modifiers is still a function', () => {
    expect(pipeline.acquisitionCost__weeklyMean({ spendPerSignup: [10, null, 20] })).toBe(15);
    expect(() => pipeline.acquisitionCost__weeklyMean({ spendPerSignup: [null] })).toThrow(RangeError);
  });

  test('the digest is the SHA-256 of the table', async () => {
    const expected = createHash('sha256').update(JSON.stringify(marketing)).digest('hex');
    await expect(pipeline.marketingDigest({ marketing })).resolves.toBe(expected);
    await expect(pipeline.marketingDigest({ marketing: marketing.slice(1) })).resolves.not.toBe(expected);
  });
});

describe('the graph', () => {
  const driverFor = (costBasis: string, params = {}) =>
    createDriver({ modules: [pipeline], config: { costBasis }, params });

  test('takes the table from outside and nothing else that is required', () => {
    const { graph } = driverFor('blended');
    const required = [...graph.nodes.values()].flatMap(({ dependencies }) =>
      dependencies.filter(({ node, optional }) => graph.inputs.includes(node) && !optional),
    );
    expect(new Set(required.map(({ node }) => node))).toEqual(new Set(['marketing']));
    expect(graph.inputs.toSorted()).toEqual(['marketing', 'offset', 'rolling']);
  });

  test('standardised spend has mean 0 and variance 1', () => {
    const { spendZeroMeanUnitVariance: scores } = driverFor('blended').executeSync(
      ['spendZeroMeanUnitVariance'],
      { inputs: { marketing } },
    );
    const total = scores.reduce((sum, score) => sum + score, 0);
    const squares = scores.reduce((sum, score) => sum + score ** 2, 0);
    expect(total).toBeCloseTo(0, 12);
    expect(squares / (scores.length - 1)).toBeCloseTo(1, 12);
  });

  test('params reach the node of their name only', () => {
    const driver = driverFor('blended', { avgThreeWeekSpend: { rolling: 2 }, spendZeroMean: { offset: 5 } });
    const values = driver.executeSync(['avgThreeWeekSpend', 'spendZeroMean'], { inputs: { marketing } });
    expect(values).toEqual({
      avgThreeWeekSpend: [null, 200, 250, 400],
      spendZeroMean: [-195, 5, -95, 305],
    });
  });

  test('config picks the variant of the acquisition cost', async () => {
    const blended = await driverFor('blended').execute(['acquisitionCost'], { inputs: { marketing } });
    const weekly = await driverFor('weeklyMean').execute(['acquisitionCost'], { inputs: { marketing } });
    expect(blended.acquisitionCost).toBe(20);
    expect(weekly.acquisitionCost).toBe(15);
    expect(driverFor('weeklyMean').graph.nodes.get('acquisitionCost')?.tags).toEqual({ owner: 'growth' });
  });

  test('without a variant, the error names the conditions', async () => {
    await expect(driverFor('median').execute(['summary'], { inputs: { marketing } })).rejects.toThrow(
      /acquisitionCost/,
    );
  });

  test('the summary rounds to cents and says what it was made from', async () => {
    const { summary } = await driverFor('blended').execute(['summary'], { inputs: { marketing } });
    expect(summary).toEqual({
      weeks: 4,
      spendMean: 300,
      spendStdDev: 216.02,
      costBasis: 'blended',
      acquisitionCost: 20,
      marketingDigest: await pipeline.marketingDigest({ marketing }),
    });
  });

  test('the table of the example gives the figures of the README', async () => {
    const [, ...lines] = readFileSync(new URL('../data/marketing.csv', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    const table = lines.map((line): MarketingWeek => {
      const [week = '', spend, signups] = line.split(',');
      return { week, spend: Number(spend), signups: Number(signups) };
    });
    const values = await driverFor('blended').execute(['avgThreeWeekSpend', 'spendPerSignup', 'summary'], {
      inputs: { marketing: table },
    });
    expect(values).toEqual({
      avgThreeWeekSpend: [null, null, 1150, 1250, 1400, 1800, 1850, 1900],
      spendPerSignup: [25, 22.5, 30, 20, 25, 21, 25, 25],
      summary: {
        weeks: 8,
        spendMean: 1556.25,
        spendStdDev: 400.39,
        costBasis: 'blended',
        acquisitionCost: 23.53,
        marketingDigest: '18dc9b7c19c9ea9a29482c89a91ff6574fee738ea6859839f4d7be38bf1a5874',
      },
    });
    const weekly = await driverFor('weeklyMean').execute(['acquisitionCost'], {
      inputs: { marketing: table },
    });
    expect(weekly.acquisitionCost).toBeCloseTo(24.19, 2);
  });
});
