import { expect, test } from 'vitest';
import { failureOf } from '../__fixtures__/memory-io.js';
import { builtinLoaders, builtinSavers, type OptionsSchema, parseOptions } from '../index.js';

test('valid options come back with their defaults', async () => {
  expect(await parseOptions(builtinLoaders.csv, { path: 'a.csv' })).toEqual({
    path: 'a.csv',
    as: 'records',
    batchRows: 1000,
    delimiter: ',',
    quote: '"',
    types: {},
    infer: false,
    nullValues: [],
    skipLines: 0,
  });
  expect(await parseOptions(builtinSavers.json, { path: 'a.json' })).toEqual({ path: 'a.json', indent: 2 });
});

test('every problem is reported at once, with the nearest option', async () => {
  const error = await failureOf(
    parseOptions(builtinLoaders.csv, { delimeter: ';', as: 'rows', types: { a: 'int' }, zzz: 1 }),
  );
  expect(error).toMatchObject({ code: 'FP_IO_OPTIONS' });
  expect(error['problems']).toMatchObject([
    { message: "csv has no option 'delimeter'. Did you mean 'delimiter'?" },
    { message: "csv has no option 'zzz'.", hint: expect.stringContaining('csv takes: path, as,') },
    { message: "csv needs the option 'path'." },
    { message: expect.stringContaining('csv.as:') },
    { message: expect.stringContaining('csv.types.a:') },
  ]);
});

test('one problem is the error itself', async () => {
  await expect(parseOptions(builtinSavers.text, { path: '' })).rejects.toMatchObject({
    code: 'FP_IO_OPTIONS',
    message: 'text.path: must name a file',
  });
  await expect(parseOptions(builtinSavers.text, null)).rejects.toMatchObject({ code: 'FP_IO_OPTIONS' });
});

test('any Standard Schema will do, asynchronous ones too', async () => {
  const options: OptionsSchema<{ n: number }> = {
    '~standard': {
      version: 1,
      vendor: 'hand-made',
      validate: async (value) =>
        typeof (value as { n?: unknown }).n === 'number'
          ? { value: value as { n: number } }
          : { issues: [{ message: 'n is a number', path: [{ key: 'n' }] }] },
    },
  };
  expect(await parseOptions({ type: 'mine', options }, { n: 1 })).toEqual({ n: 1 });
  await expect(parseOptions({ type: 'mine', options }, { n: 'x' })).rejects.toMatchObject({
    message: 'mine.n: n is a number',
  });
});
