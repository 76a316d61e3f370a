import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { failureOf, memoryIo } from '../__fixtures__/memory-io.js';
import { csvLoader } from '../formats/csv/csv-loader.js';
import { jsonLoader } from '../formats/json/json-loader.js';
import { loaderWithSchema } from './loader-with-schema.js';

const rows = v.array(
  v.object({ region: v.string(), amount: v.pipe(v.string(), v.decimal(), v.transform(Number)) }),
);
const sales = loaderWithSchema(csvLoader, rows);

function messages(error: object): string[] {
  return (error as { problems: { message: string }[] }).problems.map(({ message }) => message);
}

describe('a loader with a schema', () => {
  test('gives what the schema makes of the value, with everything else the loader is', async () => {
    const { value, metadata } = await memoryIo().load(sales, 'region,amount\nnorth,10\nsouth,20\n');
    expect(value).toEqual([
      { region: 'north', amount: 10 },
      { region: 'south', amount: 20 },
    ]);
    expect(metadata).toMatchObject({ format: 'csv', rows: 2 });
    expect([sales.type, sales.options]).toEqual([csvLoader.type, csvLoader.options]);
  });

  test('names row and column of everything that does not fit', async () => {
    const error = await failureOf(memoryIo().load(sales, 'region,amount\nnorth,10\nsouth,many\nwest,few\n'));
    expect(error).toMatchObject({ code: 'FP_IO_SCHEMA', places: [{ file: 'file' }, { file: 'file' }] });
    expect(messages(error)).toEqual([
      `'file' row 2, column 'amount': Invalid decimal: Received "many".`,
      `'file' row 3, column 'amount': Invalid decimal: Received "few".`,
    ]);
  });

  test('shows twenty faults of very many, and says how many there are', async () => {
    const error = await failureOf(memoryIo().load(sales, `region,amount\n${'x,y\n'.repeat(5000)}`));
    expect(messages(error)).toHaveLength(20);
    expect(error.message).toContain('5000 places');
  });

  test('checks batches as they are read, counts rows through, and still reads once', async () => {
    const options = { as: 'batches', batchRows: 2 };
    const read: unknown[] = [];
    const { value, metadata } = await memoryIo().load(sales, 'region,amount\na,1\nb,2\nc,x\n', options);
    const batches = value as AsyncIterable<unknown>;
    const error = await failureOf(
      (async () => {
        for await (const batch of batches) read.push(batch);
      })(),
    );
    expect(read).toEqual([
      [
        { region: 'a', amount: 1 },
        { region: 'b', amount: 2 },
      ],
    ]);
    expect(messages(error)).toEqual([`'file' row 3, column 'amount': Invalid decimal: Received "x".`]);
    expect(metadata).toMatchObject({ state: 'stopped', complete: undefined });
    expect(() => batches[Symbol.asyncIterator]()).toThrow(
      expect.objectContaining({ code: 'FP_IO_CONSUMED' }) as Error,
    );
  });

  test('a null of an empty field is named as the cause', async () => {
    const hint = async (loader: typeof csvLoader | typeof jsonLoader, text: string, options: object) => {
      const checked = loaderWithSchema<never, unknown>(
        loader as never,
        v.array(v.object({ amount: v.number() })),
      );
      const error = await failureOf(memoryIo().load(checked, text, { ...options }));
      return (error['problems'] as { hint: string }[])[0]?.hint;
    };
    expect(await hint(csvLoader, 'amount,b\n,x\n', { types: { amount: 'number' } })).toBe(
      'The field is empty, which is null in a column with a type. Fill it, or let the schema take null (nullable); with nullValues: [] it is an error of the file.',
    );
    expect(await hint(jsonLoader, '[{"amount": null}]', {})).toBe(
      'The value is null. Fill it, or let the schema take null (nullable).',
    );
  });

  test('names the place in other data, and says when the schema is of a row instead of the rows', async () => {
    const nested = loaderWithSchema(jsonLoader, v.object({ a: v.object({ b: v.number() }) }));
    expect(messages(await failureOf(memoryIo().load(nested, '{"a": {"b": "x"}}')))).toEqual([
      `'file' at a.b: Invalid type: Expected number but received "x".`,
    ]);
    const ofRow = loaderWithSchema(csvLoader, v.object({ region: v.string(), amount: v.string() }));
    const error = await failureOf(memoryIo().load(ofRow, 'region,amount\na,1\n'));
    expect((error['problems'] as { hint: string }[])[0]?.hint).toBe(
      'The schema is of the whole value: a list of rows.',
    );
  });

  test('survives a schema that throws anything, or answers later', async () => {
    const schema = (validate: () => unknown) =>
      ({
        '~standard': { version: 1, vendor: 'test', validate: validate as () => { value: unknown } },
      }) as const;
    for (const thrown of [new Error('no'), undefined, Proxy.revocable({}, {}).proxy]) {
      const failing = loaderWithSchema(
        jsonLoader,
        schema(() => {
          throw thrown;
        }),
      );
      const error = await failureOf(memoryIo().load(failing, '1'));
      expect(error).toMatchObject({ code: 'FP_IO_SCHEMA' });
      expect(error.cause).toBe(thrown);
    }
    const later = loaderWithSchema(
      jsonLoader,
      schema(async () => ({ value: 'later' })),
    );
    expect((await memoryIo().load(later, '1')).value).toBe('later');
  });
});
