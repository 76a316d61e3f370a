/** Taking parts out of the value of a node. */
import { describe, expect, test } from 'vitest';
import {
  createDriver,
  extractColumns,
  extractFields,
  FlowerPowerError,
  node,
  NodeExecutionError,
  tag,
  unpackFields,
} from '../../index.js';

type Runnable = { execute(outputs: readonly string[]): Promise<Record<string, unknown>> };
/** Hides from the compiler what the modifier does, for values that it would refuse. */
const untyped: (fn: unknown, modifier: unknown) => object = node;

/** The outputs of one node `made` that gives `value`, at once and as a promise. */
async function take(value: unknown, modifier: unknown, outputs: readonly string[]) {
  const modules = [() => value, async () => value].map((fn) => ({ made: untyped(fn, modifier) }));
  const [now, later] = await Promise.all(
    modules.map((module) =>
      (createDriver({ modules: [module] as readonly object[] }) as Runnable).execute(outputs),
    ),
  );
  expect(later).toEqual(now);
  return now;
}

async function failure(value: unknown, modifier: unknown, output: string) {
  const error: unknown = await take(value, modifier, [output]).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NodeExecutionError);
  const { cause } = error as NodeExecutionError;
  expect(cause).toMatchObject({ code: 'FP_MISSING_PART' });
  const { message, hint } = cause as FlowerPowerError;
  return { message, hint, node: (error as NodeExecutionError).node };
}

describe('extractFields', () => {
  test('the source node stays and each field is a node', async () => {
    expect(await take({ a: 1, b: null, c: 3 }, extractFields('a', 'b'), ['made', 'a', 'b'])).toEqual({
      made: { a: 1, b: null, c: 3 },
      a: 1,
      b: null,
    });
  });

  test('fields of class instances, getters among them', async () => {
    class Point {
      x = 1;
      get twice() {
        return 2 * this.x;
      }
    }
    expect(await take(new Point(), extractFields('x', 'twice'), ['x', 'twice'])).toEqual({ x: 1, twice: 2 });
  });

  test('a missing field is named; undefined counts as missing', async () => {
    const error = {
      message: "'made' gave no field 'b'",
      hint: 'It has: a. Give extractFields a fillWith for fields that may be absent.',
      node: 'b',
    };
    expect(await failure({ a: 1 }, extractFields('a', 'b'), 'b')).toEqual(error);
    expect((await failure({ b: undefined }, extractFields('b'), 'b')).message).toBe(error.message);
    expect((await failure({}, extractFields('constructor'), 'constructor')).message).toContain('constructor');
  });

  test('fillWith stands in, also when it is undefined', async () => {
    expect(await take({ a: 1 }, extractFields('a', 'b', { fillWith: 0 }), ['a', 'b'])).toEqual({
      a: 1,
      b: 0,
    });
    const filled = await take({}, extractFields('b', { fillWith: undefined }), ['b']);
    expect(filled).toEqual({ b: undefined });
  });

  test.each([[null], [undefined], ['text'], [5]])('%j has no fields, whatever fills them', async (value) => {
    const { message } = await failure(value, extractFields('a', { fillWith: 0 }), 'a');
    expect(message).toMatch(/^the field 'a' cannot be taken from 'made', which gave /);
  });

  test('only a field that is asked for must be there', async () => {
    expect(await take({ a: 1 }, extractFields('a', 'b'), ['a'])).toEqual({ a: 1 });
  });

  test('fields carry the tags and the place of their source, and say that they are derived', () => {
    const m = { made: node(() => ({ a: 1 }), tag({ owner: 'x' }), extractFields('a'), tag({ last: 'y' })) };
    expect(createDriver({ modules: [m] }).graph.nodes.get('a')).toMatchObject({
      tags: { owner: 'x', last: 'y' },
      exportName: 'made',
      kind: 'function',
      derived: true,
      dependencies: [{ parameter: 'made', node: 'made', optional: false }],
    });
  });

  test('a loader stays a loader; its fields are functions', () => {
    const m = { made: node({ inputs: [], kind: 'loader' }, () => ({ a: 1 }), extractFields('a')) };
    const { nodes } = createDriver({ modules: [m] }).graph;
    expect([nodes.get('made')?.kind, nodes.get('a')?.kind]).toEqual(['loader', 'function']);
  });
});

describe('unpackFields', () => {
  test('names elements in order; there may be more of them', async () => {
    expect(await take([1, undefined, 3], unpackFields('a', 'b'), ['made', 'a', 'b'])).toEqual({
      made: [1, undefined, 3],
      a: 1,
      b: undefined,
    });
  });

  test('an element that is not there is named', async () => {
    expect(await failure([1], unpackFields('a', 'b'), 'b')).toEqual({
      message: "element 2, 'b', cannot be taken from 'made', which gave an array of 1",
      hint: "Let 'made' give an array of at least 2.",
      node: 'b',
    });
    expect((await failure('text', unpackFields('a'), 'a')).message).toContain('which gave a string');
  });
});

describe('extractColumns', () => {
  test('columns of an array of records', async () => {
    const rows = [
      { day: 1, price: 5 },
      { day: 2, price: null },
    ];
    expect(await take(rows, extractColumns('day', 'price'), ['day', 'price'])).toEqual({
      day: [1, 2],
      price: [5, null],
    });
    expect(await take([], extractColumns('day'), ['day'])).toEqual({ day: [] });
  });

  test('columns of a record of arrays are the arrays themselves', async () => {
    const table = { day: [1, 2], price: new Float64Array(2) };
    const result = await take(table, extractColumns('day', 'price'), ['day', 'price']);
    expect(result!['day']).toBe(table.day);
    expect(result!['price']).toBe(table.price);
  });

  test('an absent cell or column is named', async () => {
    expect(await failure([{ a: 1 }, { b: 2 }], extractColumns('a'), 'a')).toEqual({
      message: "row 2 of 'made' has no column 'a'",
      hint: 'It has: b. Give extractColumns a fillWith for cells that may be absent.',
      node: 'a',
    });
    expect((await failure({ b: [] }, extractColumns('a'), 'a')).message).toBe("'made' has no column 'a'");
    expect((await failure({ a: 1 }, extractColumns('a'), 'a')).message).toContain(
      'is a number, where an array',
    );
    expect((await failure([{ a: 1 }, 7], extractColumns('a', { fillWith: 0 }), 'a')).message).toContain(
      "row 2 of 'made' is a number",
    );
    expect((await failure(5, extractColumns('a'), 'a')).message).toContain('which gave a number');
  });

  test('fillWith fills cells, and whole columns to the length of the others', async () => {
    const fill = extractColumns('a', 'b', { fillWith: 0 });
    expect(await take([{ a: 1 }, { b: 2 }], fill, ['a', 'b'])).toEqual({ a: [1, 0], b: [0, 2] });
    expect(await take({ a: [1, 2] }, fill, ['a', 'b'])).toEqual({ a: [1, 2], b: [0, 0] });
    expect(await take({}, fill, ['b'])).toEqual({ b: [] });
  });
});

describe('misuse', () => {
  const problemOf = (modifier: unknown) => {
    try {
      createDriver({ modules: [{ made: untyped(() => ({ a: 1 }), modifier) }] });
    } catch (error) {
      return error as FlowerPowerError;
    }
    throw new Error('The graph was built.');
  };

  test('names are needed, and must be names', () => {
    const none = (extractFields as (...names: unknown[]) => unknown)({ fillWith: 1 });
    expect(problemOf(none)).toMatchObject({
      code: 'FP_BAD_MODIFIER',
      message: "extractFields of 'made' in module 1: what it takes must be given by name, not Array(0).",
    });
    const numbers = (unpackFields as (...names: unknown[]) => unknown)(1, 2);
    expect(problemOf(numbers).message).toContain('must be given by name');
  });

  test('an option that does not exist is not ignored', () => {
    const filling = { fillWtih: 0 } as object;
    expect(problemOf(extractFields('a', filling))).toMatchObject({
      code: 'FP_BAD_MODIFIER',
      hint: "Did you mean 'fillWith'?",
    });
    expect(problemOf(unpackFields('a', { fillWith: 0 } as object)).message).toContain("no option 'fillWith'");
  });

  test('a target must be one of the nodes', () => {
    expect(problemOf(extractFields('a', { target: 'mode' }))).toMatchObject({
      code: 'FP_UNKNOWN_TARGET',
      hint: "Did you mean 'made'?",
    });
  });

  test('two parts of one name are duplicates', () => {
    expect(problemOf(extractFields('a', 'a')).code).toBe('FP_DUPLICATE_NODE');
    expect(problemOf(extractFields('made')).code).toBe('FP_DUPLICATE_NODE');
  });
});
