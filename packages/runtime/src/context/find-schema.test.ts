import { defineModule, isFlowerPowerError } from '@flowerpower/core';
import { expect, test } from 'vitest';
import * as v from 'valibot';
import { pipeline, setUp } from '../__fixtures__/set-up.js';

const csv = 'region,amount\nnorth,10\nsouth,20\n';
const rows = v.array(
  v.object({ region: v.string(), amount: v.pipe(v.string(), v.decimal(), v.transform(Number)) }),
);
const total = ({ sales }: { sales: { amount: number }[] }) =>
  sales.reduce((sum, { amount }) => sum + amount, 0);

async function failure(run: Promise<unknown>) {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isFlowerPowerError(error)) return error;
  throw new Error('A FlowerPowerError was expected.', { cause: error });
}

test('a schema that io.load names makes untyped data what the nodes want', async () => {
  const { runner } = await setUp({ files: { 'sales.csv': csv } });
  const load = { sales: { type: 'csv', path: 'sales.csv', schema: 'rows' } };
  expect((await runner.run(pipeline({ total, rows }, { load }))).outputs).toEqual({ total: 30 });
  // Without it, 10 and 20 are texts.
  const untyped = { sales: { type: 'csv', path: 'sales.csv' } };
  expect((await runner.run(pipeline({ total, rows }, { load: untyped }))).outputs).toEqual({
    total: '01020',
  });
});

test('what does not fit fails the loader, with row and column', async () => {
  const { runner } = await setUp({ files: { 'sales.csv': `${csv}west,many\n` } });
  const load = { sales: { type: 'csv', path: 'sales.csv', schema: 'rows' } };
  const error = await failure(runner.run(pipeline({ total, rows }, { load })));
  expect(error.cause).toMatchObject({
    code: 'FP_IO_SCHEMA',
    message: `'sales.csv' row 3, column 'amount': Invalid decimal: Received "many".`,
  });
});

test('a schema of another file, one that is a function, and the later of two modules', async () => {
  const { runner } = await setUp({ files: { 'sales.csv': csv } });
  const callable = Object.assign(() => undefined, { '~standard': rows['~standard'] });
  const load = (schema: string) => ({ sales: { type: 'csv', path: 'sales.csv', schema } });
  const inFile = {
    ...pipeline({ total }, { load: load('schemas/sales.ts#rows') }),
    schemaModules: { 'schemas/sales.ts': { rows } },
  };
  expect((await runner.run(inFile)).outputs).toEqual({ total: 30 });
  const asFunction = pipeline({ total, callable }, { load: load('callable') });
  expect((await runner.run(asFunction)).outputs).toEqual({ total: 30 });
  const first = defineModule({ name: 'first', exports: { rows: v.never() } });
  const both = pipeline({}, { modules: [first, { total, rows }], load: load('rows') });
  expect((await runner.run(both)).outputs).toEqual({ total: 30 });
});

test.each<[unknown, string, string]>([
  ['row', "No module of the pipeline exports a schema 'row'.", "Did you mean 'rows'?"],
  ['total', "'total' is exported, but is not a schema.", 'A schema is made by'],
  ['a.ts#rows', "'a.ts' does not export a schema 'rows'.", 'Name an export'],
  [5, 'schema must be the name of an exported schema.', 'Name an export'],
])('schema: %j names none', async (schema, message, hint) => {
  const { runner } = await setUp({ files: { 'sales.csv': csv } });
  const load = { sales: { type: 'csv', path: 'sales.csv', schema } };
  const error = await failure(runner.run(pipeline({ total, rows }, { load })));
  expect(error.problems).toEqual([
    expect.objectContaining({ code: 'FP_IO_BINDING', message: `io.load.sales: ${message}` }),
  ]);
  expect(error.problems[0]?.hint).toContain(hint);
});
