import { parseOptions } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { goldenFileSystem, loadGolden } from '../__fixtures__/golden.js';
import { parquetLoader } from '../parquet-loader.js';
import { planRead } from '../read/read-plan.js';

/** Twelve rows in three row groups, whose `id` is their index. */
const idsOf = async (name: string, filter: object) => {
  const rows = await loadGolden(name, { columns: ['id'], filter, int64: 'number' });
  return rows.map(({ id }) => id);
};

const cases: [title: string, filter: object, ids: number[]][] = [
  ['a value', { year: 2023 }, [4, 5, 6, 7]],
  ['a list of values', { region: ['north', 'ärea'] }, [0, 3, 4, 7, 8, 11]],
  ['an empty list', { region: [] }, []],
  ['in', { id: { in: [1, 11n, '5'] } }, [1, 5, 11]],
  ['from and to', { id: { gte: 3, lt: 5 } }, [3, 4]],
  ['gt and lte', { id: { gt: 3, lte: 5 } }, [4, 5]],
  ['columns that must fit together', { year: { gt: 2022 }, region: 'south' }, [5, 9]],
  ['ne, which null is too', { region: { ne: 'north' } }, [1, 2, 3, 5, 6, 7, 9, 10, 11]],
  ['null', { region: null }, [2, 6, 10]],
  ['anything but null', { note: { ne: null } }, [8, 9, 10, 11]],
  ['null or a value', { region: [null, 'south'] }, [1, 2, 5, 6, 9, 10]],
  ['a decimal as a number', { amount: { gte: 2.5 } }, [10, 11]],
  ['a decimal as a text', { amount: '0.250' }, [1]],
  ['a decimal finer than the column', { amount: { gt: '2.4999', lt: 2.5001 } }, [10]],
  ['the order of UTF-8', { region: { gt: 'south' } }, [3, 7, 11]],
  ['a date', { at: { gte: '2024-01-09', lt: '2024-01-10T12:00:00Z' } }, [8, 9]],
  ['a Date', { at: new Date('2022-01-02') }, [1]],
  ['a fraction, which no integer is', { id: 1.5 }, []],
];

test.each(cases)('%s, with statistics and without', async (_title, filter, ids) => {
  expect(await idsOf('years', filter)).toEqual(ids);
  expect(await idsOf('years-no-statistics', filter)).toEqual(ids);
});

test.each([
  ['year', { year: 2023 }, 1],
  ['a list', { year: [2022, 2024] }, 2],
  ['amounts', { amount: { gte: 2 } }, 1],
  ['texts', { pad: { lt: '0004' } }, 1],
  ['timestamps', { at: { lt: '2023-01-01' } }, 1],
  ['null only', { note: { ne: null } }, 1],
  ['no null', { year: null }, 0],
  ['nothing', { id: { gt: 100 } }, 0],
] as const)('row groups that %s excludes are not read', async (_title, filter, groups) => {
  const fs = await goldenFileSystem('years');
  const options = parseOptions(parquetLoader, { path: 'years.parquet', filter });
  const plan = await planRead(options, { resolve: (path) => ({ fs, path }) });
  expect(plan.groups).toHaveLength(groups);
});

test('a filter that does not fit its column is refused', async () => {
  await expect(loadGolden('years', { filter: { year: 'now' } })).rejects.toMatchObject({
    code: 'FP_IO_OPTIONS',
    message: `filter.year of 'years.parquet' cannot be compared with "now" (eq): the column holds numbers.`,
  });
  for (const filter of [
    { region: 1 },
    { amount: 'much' },
    { at: 'yesterday' },
    { at: '2024-01-01T00:00:00.0001Z' },
    { id: { gt: null } },
    { note: true },
  ])
    await expect(loadGolden('years', { filter }), JSON.stringify(filter)).rejects.toMatchObject({
      code: 'FP_IO_OPTIONS',
    });
  await expect(loadGolden('zstd', { filter: { list: 1 } })).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
  await expect(loadGolden('years', { filter: { yaer: 1 } })).rejects.toMatchObject({ code: 'FP_IO_COLUMNS' });
  for (const filter of [{ year: {} }, { year: { above: 1 } }, { year: Number.NaN }])
    await expect(loadGolden('years', { filter })).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
});

test('columns of the filter are not delivered unless they are asked for', async () => {
  expect(await loadGolden('years', { columns: ['region'], filter: { id: 1 } })).toEqual([
    { region: 'south' },
  ]);
});

test('a column may be named constructor', async () => {
  expect(parseOptions(parquetLoader, { path: 'a', filter: { constructor: 2 } }).filter).toEqual({
    constructor: 2,
  });
  await expect(idsOf('years', { constructor: 2 })).rejects.toThrow(/constructor/);
});
