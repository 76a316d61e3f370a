import { describe, expect, test } from 'vitest';
import { checkRow, type WeatherRow } from '../lib/observation.js';
import { validated } from '../pipelines/weather_etl.js';
import { readObservations } from './read-observations.js';

const good: WeatherRow = {
  date: '2012-02-29',
  precipitation: 0.5,
  temp_max: 9.4,
  temp_min: -1.1,
  wind: 3.2,
  weather: 'rain',
};

describe('checkRow', () => {
  test('a good row becomes an observation', () => {
    expect(checkRow(good)).toEqual({
      ok: true,
      observation: {
        date: '2012-02-29',
        precipitation: 0.5,
        tempMax: 9.4,
        tempMin: -1.1,
        wind: 3.2,
        weather: 'rain',
      },
    });
  });

  test.each<[Partial<WeatherRow>, string]>([
    [{ date: '2012-02-30' }, 'date is "2012-02-30", not a day as YYYY-MM-DD'],
    [{ date: '2012-13-01' }, 'date is "2012-13-01", not a day as YYYY-MM-DD'],
    [{ date: '29.02.2012' }, 'date is "29.02.2012", not a day as YYYY-MM-DD'],
    [{ precipitation: null }, 'precipitation is null, not a number'],
    [{ precipitation: -0.1 }, 'precipitation is -0.1, below 0'],
    [{ temp_max: null }, 'temp_max is null, not a number'],
    [{ temp_max: -5 }, 'temp_min is -1.1, above temp_max -5'],
    [{ wind: -1 }, 'wind is -1, below 0'],
    [{ weather: 'hail' }, 'weather is "hail", not one of drizzle, rain, snow, sun, fog'],
  ])('%o is refused', (change, problem) => {
    expect(checkRow({ ...good, ...change })).toEqual({ ok: false, problems: [problem] });
  });

  test('a row tells all of its problems', () => {
    const checked = checkRow({ ...good, wind: null, weather: '' });
    expect(checked).toMatchObject({ ok: false, problems: [{}, {}].map(() => expect.any(String)) });
  });
});

describe('validated', () => {
  test('keeps every row of the real table', () => {
    expect(validated({ observations: readObservations() })).toHaveLength(1461);
  });

  test('one error counts the bad rows and shows the first five', () => {
    const observations = readObservations().map((row, index) =>
      index % 100 === 7 ? { ...row, wind: -index } : row,
    );
    expect(() => validated({ observations })).toThrow(
      new Error(
        [
          '15 of 1461 rows of the weather table are invalid:',
          'row 8: wind is -7, below 0',
          'row 108: wind is -107, below 0',
          'row 208: wind is -207, below 0',
          'row 308: wind is -307, below 0',
          'row 408: wind is -407, below 0',
          'and 10 more',
        ].join('\n  '),
      ),
    );
  });

  test('problems of one row stand together', () => {
    expect(() => validated({ observations: [{ ...good, wind: -1, temp_min: 20 }] })).toThrow(
      'row 1: temp_min is 20, above temp_max 9.4; wind is -1, below 0',
    );
  });

  test('a day may occur once', () => {
    expect(() => validated({ observations: [good, good] })).toThrow(
      '1 of 2 rows of the weather table are invalid:\n  row 2: date is 2012-02-29, which an earlier row has',
    );
  });

  test('an empty table is refused', () => {
    expect(() => validated({ observations: [] })).toThrow('The weather table has no rows.');
  });
});
