import type { FlowerPowerError } from '@flowerpower/core';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { failureOf } from '../__fixtures__/memory-io.js';
import { builtinLoaders, builtinSavers, type OptionsSchema, parseOptions } from '../index.js';

test('valid options come back with their defaults', () => {
  expect(parseOptions(builtinLoaders.csv, { path: 'a.csv' })).toEqual({
    path: 'a.csv',
    as: 'records',
    batchRows: 1000,
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    types: {},
    infer: false,
    skipLines: 0,
  });
  expect(parseOptions(builtinSavers.json, { path: 'a.json' })).toEqual({ path: 'a.json', indent: 2 });
});

test('every problem is reported at once, with the nearest option', async () => {
  const wrong = { delimeter: ';', as: 'rows', types: { a: 'int' }, zzz: 1 };
  const error = await failureOf((async () => parseOptions(builtinLoaders.csv, wrong))());
  expect(error).toMatchObject({ code: 'FP_IO_OPTIONS' });
  expect(error['problems']).toMatchObject([
    { message: "csv has no option 'delimeter'. Did you mean 'delimiter'?" },
    { message: "csv has no option 'zzz'.", hint: expect.stringContaining('csv takes: path, as,') },
    { message: "csv needs the option 'path'." },
    { message: expect.stringContaining('csv.as must be ') },
    { message: expect.stringContaining('csv.types.a must be ') },
  ]);
});

test('one problem is the error itself', () => {
  const message = 'text.path: must name a file, and no folder';
  for (const path of ['', '/', 'output/', 'output\\', '.', './', 'a/..', 's3://bucket/']) {
    expect(() => parseOptions(builtinSavers.text, { path })).toThrow(
      expect.objectContaining({ code: 'FP_IO_OPTIONS', message }),
    );
  }
  for (const path of ['.env', 'a/...', 'output/a.txt', 's3://bucket/key'])
    expect(() => parseOptions(builtinSavers.text, { path })).not.toThrow();
  expect(() => parseOptions(builtinSavers.text, null)).toThrow(
    expect.objectContaining({ code: 'FP_IO_OPTIONS' }),
  );
});

const isNumber = (value: unknown) =>
  typeof (value as { n?: unknown }).n === 'number'
    ? { value: value as { n: number } }
    : { issues: [{ message: 'n is a number', path: [{ key: 'n' }] }] };

test('any Standard Schema will do', () => {
  const options: OptionsSchema<{ n: number }> = {
    '~standard': { version: 1, vendor: 'hand-made', validate: isNumber },
  };
  expect(parseOptions({ type: 'mine', options }, { n: 1 })).toEqual({ n: 1 });
  expect(() => parseOptions({ type: 'mine', options }, { n: 'x' })).toThrow('mine.n: n is a number');
});

test('a schema that answers with a promise is refused, and its rejection harms nobody', () => {
  const options: OptionsSchema<unknown> = {
    '~standard': { version: 1, vendor: 'slow', validate: () => Promise.reject(new Error('late')) },
  };
  expect(() => parseOptions({ type: 'mine', options }, {})).toThrow('validates asynchronously');
});

test('a map within an option that has a stranger, or lacks something, is told so', () => {
  const columns = v.array(v.strictObject({ name: v.string(), width: v.number() }));
  const mine = { type: 'mine', options: v.strictObject({ columns }) };
  const problems = (given: unknown): unknown => {
    try {
      return parseOptions(mine, { columns: [given] });
    } catch (error) {
      return (error as FlowerPowerError).problems.map(({ message }) => message);
    }
  };
  expect(problems({ name: 'a', width: 1, algin: 'right' })).toEqual(["mine.columns.0 has no 'algin'."]);
  expect(problems({ name: 'a' })).toEqual(["mine.columns.0 needs 'width'."]);
  expect(problems({ name: 5, width: 1 })).toEqual(['mine.columns.0.name must be string, not 5.']);
});

test('the limits of a length are told as such', () => {
  const mine = { type: 'mine', options: v.strictObject({ token: v.pipe(v.string(), v.minLength(3)) }) };
  expect(() => parseOptions(mine, { token: 'ab' })).toThrow('mine.token must be of length >=3, not 2.');
});

test('what a strict schema of valibot says itself about a key that it does not know is told', () => {
  const strict = v.strictObject({ path: v.string() }, ({ message, path }) =>
    path?.[0]?.key === 'password' ? 'Passwords are no option.' : message,
  );
  const refused = (given: object) => () => parseOptions({ type: 'ftp', options: strict }, given);
  expect(refused({ path: 'a', password: 'hunter2' })).toThrow(
    "ftp has no option 'password'. Passwords are no option.",
  );
  expect(refused({ path: 'a', passive: true })).toThrow(
    expect.objectContaining({ message: "ftp has no option 'passive'." }),
  );
});
