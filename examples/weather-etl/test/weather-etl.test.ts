import { createDriver, NodeExecutionError } from 'flowerpower';
import { describe, expect, test } from 'vitest';
import * as pipeline from '../pipelines/weather_etl.js';
import { readObservations } from './read-observations.js';

type Units = 'metric' | 'imperial';

const observations = readObservations();
const driverFor = (units: Units) =>
  createDriver({
    modules: [pipeline],
    config: { units },
    params: { station: { stationId: 'seattle' }, wettestMonths: { count: 5 } },
  });

describe('cleaned', () => {
  const oneDay = [
    { date: '2012-01-02', precipitation: 10.9, temp_max: 10.6, temp_min: 2.8, wind: 4.5, weather: 'rain' },
  ];

  test('metric keeps the numbers of the table', () => {
    const { cleaned } = driverFor('metric').executeSync(['cleaned'], { inputs: { observations: oneDay } });
    expect(cleaned).toEqual([
      {
        date: '2012-01-02',
        month: '2012-01',
        precipitation: 10.9,
        tempMax: 10.6,
        tempMin: 2.8,
        tempMean: expect.closeTo(6.7, 12),
        wind: 4.5,
        weather: 'rain',
      },
    ]);
  });

  test('imperial gives inches, degrees Fahrenheit and miles per hour', () => {
    const { cleaned } = driverFor('imperial').executeSync(['cleaned'], { inputs: { observations: oneDay } });
    expect(cleaned).toEqual([
      {
        date: '2012-01-02',
        month: '2012-01',
        precipitation: expect.closeTo(0.429134, 6),
        tempMax: expect.closeTo(51.08, 12),
        tempMin: expect.closeTo(37.04, 12),
        tempMean: expect.closeTo(44.06, 12),
        wind: expect.closeTo(10.066, 3),
        weather: 'rain',
      },
    ]);
  });

  test('the order of the rows does not matter', () => {
    const execute = (rows: typeof observations) =>
      driverFor('metric').executeSync(['monthlySummary', 'yearlySummary'], {
        inputs: { observations: rows },
      });
    expect(execute(observations.toReversed())).toEqual(execute(observations));
  });
});

describe('figures of the real table', () => {
  const { monthlySummary, yearlySummary, wettestMonths } = driverFor('metric').executeSync(
    ['monthlySummary', 'yearlySummary', 'wettestMonths'],
    { inputs: { observations } },
  );

  test('48 months in order that hold every day', () => {
    const months = monthlySummary.map(({ month }) => month);
    expect(months).toHaveLength(48);
    expect(months).toEqual(months.toSorted());
    expect(monthlySummary.reduce((days, month) => days + month.days, 0)).toBe(observations.length);
    expect(monthlySummary.at(-1)).toEqual({
      month: '2015-12',
      days: 31,
      precipitation: 284.5,
      wetDays: 25,
      tempMean: 6.1,
      tempMax: 15.6,
      tempMin: -2.1,
      windMean: 4.34,
    });
  });

  test('the wettest months', () => {
    expect(wettestMonths).toEqual([
      { month: '2015-12', precipitation: 284.5, wetDays: 25 },
      { month: '2014-03', precipitation: 240, wetDays: 20 },
      { month: '2015-11', precipitation: 212.6, wetDays: 20 },
      { month: '2012-11', precipitation: 210.5, wetDays: 20 },
      { month: '2012-03', precipitation: 183, wetDays: 22 },
    ]);
  });

  test('the years', () => {
    expect(yearlySummary.map(({ year, days, precipitation }) => [year, days, precipitation])).toEqual([
      [2012, 366, 1226],
      [2013, 365, 828],
      [2014, 365, 1232.8],
      [2015, 365, 1139.2],
    ]);
    expect(yearlySummary[0]).toEqual({
      year: 2012,
      days: 366,
      precipitation: 1226,
      wetDays: 177,
      tempMean: 11.28,
      hottestDay: { date: '2012-08-16', tempMax: 34.4 },
      coldestDay: { date: '2012-01-15', tempMin: -3.3 },
      daysByWeather: { drizzle: 31, rain: 191, snow: 21, sun: 118, fog: 5 },
    });
  });

  test('units change no count and no ranking', () => {
    const imperial = driverFor('imperial').executeSync(['monthlySummary', 'wettestMonths'], {
      inputs: { observations },
    });
    const counts = (months: typeof monthlySummary) =>
      months.map(({ month, days, wetDays }) => [month, days, wetDays]);
    expect(counts(imperial.monthlySummary)).toEqual(counts(monthlySummary));
    expect(imperial.wettestMonths.map(({ month }) => month)).toEqual(wettestMonths.map(({ month }) => month));
    expect(imperial.wettestMonths[0]?.precipitation).toBe(11.2);
  });
});

describe('wettestMonths', () => {
  const month = (name: string, precipitation: number) => ({
    month: name,
    days: 30,
    precipitation,
    wetDays: 1,
    tempMean: 0,
    tempMax: 0,
    tempMin: 0,
    windMean: 0,
  });

  test('gives three by default, and the earlier of two equal months first', () => {
    const monthlySummary = [month('a', 1), month('b', 5), month('c', 5), month('d', 7)];
    const wettest = pipeline.wettestMonths({ monthlySummary });
    expect(wettest.map((entry) => entry.month)).toEqual(['d', 'b', 'c']);
  });

  test.each([0, 2.5, -1])('refuses %d months', (count) => {
    expect(() => pipeline.wettestMonths({ monthlySummary: [], count })).toThrow(RangeError);
  });
});

describe('the station service', () => {
  const request = { inputs: { observations, simulateOutage: true } };

  test('a simulated outage fails the first attempt', async () => {
    const error = await driverFor('metric')
      .execute(['report'], { ...request, attempt: 1 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NodeExecutionError);
    expect(error).toMatchObject({ node: 'station', cause: expect.any(pipeline.StationServiceError) });
  });

  test('and the second one succeeds and says so', async () => {
    const lines: unknown[] = [];
    const write = (...line: unknown[]) => void lines.push(line);
    const { report } = await driverFor('metric').execute(['report'], {
      ...request,
      attempt: 2,
      log: { debug: write, info: write, warn: write, error: write },
    });
    expect(report.station.name).toBe('Seattle, Washington');
    expect(lines).toEqual([['The station service answered.']]);
  });

  test('without an outage the first attempt succeeds', async () => {
    const { report } = await driverFor('imperial').execute(['report'], { inputs: { observations } });
    expect(report.units).toEqual({ precipitation: 'in', temperature: '°F', wind: 'mph' });
    expect(report.years.map(({ year }) => year)).toEqual([2012, 2013, 2014, 2015]);
  });

  test('an unknown station is not an outage', async () => {
    const context = { attempt: 1, log: console };
    await expect(pipeline.station({ stationId: 'atlantis' }, context)).rejects.toThrow(
      new RangeError("There is no station 'atlantis'. Known: seattle."),
    );
  });
});
