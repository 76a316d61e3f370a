/** Columns computed by a sub-graph and appended to a table parameter. */
import { describe, expect, test } from 'vitest';
import {
  checkOutput,
  collect,
  countInRange,
  createDriver,
  FlowerPowerError,
  node,
  NodeExecutionError,
  parallelizable,
  parameterize,
  source,
  subdag,
  when,
  withColumns,
} from '../../index.js';

interface Row {
  price: number;
  amount: number;
}
type Full = Row & { revenue: number };

const columns = {
  revenue: async ({ price, amount }: { price: readonly number[]; amount: readonly number[] }) =>
    price.map((one, index) => one * amount[index]!),
  share: ({ revenue, scale = 1 }: { revenue: readonly number[]; scale?: number }) => {
    const sum = revenue.reduce((total, one) => total + one, 0);
    return Float64Array.from(revenue, (one) => (one / sum) * scale);
  },
};
const rows: Row[] = [
  { price: 2, amount: 3 },
  { price: 7, amount: 2 },
];

const untyped: (fn: unknown, ...modifiers: unknown[]) => object = node;
const modifier: (options: unknown) => unknown = withColumns as never;

test('the function receives the table with the columns, each a node under its name', async () => {
  const m = {
    sales: async () => rows,
    report: node(
      ({ sales, top = 1 }: { sales: (Full & { share: number })[]; top?: number }) => sales.slice(0, top),
      withColumns({
        modules: [columns],
        columnsToPass: ['price', 'amount'],
        select: ['revenue', 'share'],
        inputs: { scale: source('percent') },
        on: 'sales',
      }),
    ),
    percent: () => 100,
  };
  const driver = createDriver({ modules: [m] });
  const made = await driver.execute(['report', 'report.price', 'report.revenue', 'report.with_columns']);
  const first = { price: 2, amount: 3, revenue: 6, share: 30 };
  expect(made).toEqual({
    report: [first],
    'report.price': [2, 7],
    'report.revenue': [6, 14],
    'report.with_columns': [first, { price: 7, amount: 2, revenue: 14, share: 70 }],
  });
  expect(rows[0]).toEqual({ price: 2, amount: 3 });
  expect(driver.graph.inputs).toEqual(['top']);
  expect(driver.graph.leaves).toEqual(['report']);
});

test('a record of columns stays one, typed arrays and all', async () => {
  const m = {
    total: node(
      ({ sales }: { sales: { price: Float32Array; revenue: Float32Array } }) => sales,
      withColumns({
        modules: [{ revenue: ({ price }: { price: Float32Array }) => price.map((one) => one * 2) }],
        columnsToPass: ['price'],
        select: ['revenue'],
        namespace: 'columns',
      }),
    ),
  };
  const driver = createDriver({ modules: [m] });
  const sales = { price: Float32Array.of(1, 2), name: ['a', 'b'] };
  expect(driver.executeSync(['total', 'columns.revenue'], { inputs: { sales } })).toEqual({
    total: { ...sales, revenue: Float32Array.of(2, 4) },
    'columns.revenue': Float32Array.of(2, 4),
  });
});

test('the table may be passed as a whole; a column that is there is replaced', async () => {
  const inner = {
    price: ({ table }: { table: readonly Row[] }) => table.map(({ price }) => price + 1),
    doubled__on: node(({ price }: { price: number[] }) => price.map((one) => 2 * one), when({ twice: true })),
  };
  const m = {
    sales: () => rows,
    dear: node(
      ({ sales }: { sales: (Row & { doubled: number })[] }) => sales,
      withColumns({
        modules: [inner],
        passTableAs: 'table',
        select: ['price', 'doubled'],
        config: { twice: true },
      }),
    ),
  };
  const driver = createDriver({ modules: [m] });
  expect(driver.executeSync(['dear', 'dear.table'])).toEqual({
    dear: [
      { price: 3, amount: 3, doubled: 6 },
      { price: 8, amount: 2, doubled: 16 },
    ],
    'dear.table': rows,
  });
});

test('a table without rows', async () => {
  const m = {
    count: node(
      ({ sales }: { sales: Full[] }) => sales.length,
      withColumns({ modules: [columns], columnsToPass: ['price', 'amount'], select: ['revenue'] }),
    ),
  };
  expect(await createDriver({ modules: [m] }).execute(['count'], { inputs: { sales: [] } })).toEqual({
    count: 0,
  });
});

describe('with other modifiers', () => {
  const options = {
    modules: [columns],
    columnsToPass: ['price', 'amount'],
    select: ['revenue'],
    on: 'sales',
  } as const;
  const best = ({ sales, by }: { sales: Full[]; by: number }) => sales.map(({ revenue }) => revenue * by);

  test('several nodes get columns each; checks may come first', async () => {
    const m = {
      sales: () => rows,
      f: node(
        best,
        parameterize({ one: { by: 1 }, ten: { by: 10 } }),
        checkOutput(countInRange(0, 9)),
        withColumns(options),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['one', 'ten', 'ten.revenue', 'one_raw'])).toEqual({
      one: [6, 14],
      ten: [60, 140],
      'ten.revenue': [6, 14],
      one_raw: [6, 14],
    });
  });

  test('the table may collect the items of a fan-out', async () => {
    const m = {
      row: node(() => rows, parallelizable()),
      f: node(
        ({ row }: { row: Full[] }) => row.map(({ revenue }) => revenue),
        collect('row'),
        withColumns({ modules: [columns], columnsToPass: ['price', 'amount'], select: ['revenue'] }),
      ),
    };
    expect(await createDriver({ modules: [m] }).execute(['f', 'f.price'])).toEqual({
      f: [6, 14],
      'f.price': [2, 7],
    });
  });

  test('columns on columns, for several nodes on a sub-graph', async () => {
    const more = { tax: ({ revenue }: { revenue: readonly number[] }) => revenue.map((one) => one / 2) };
    const taxed = ({ sales, by }: { sales: (Full & { tax: number })[]; by: number }) =>
      sales.map(({ tax, price }) => tax * by + price);
    const m = {
      f: node(
        taxed,
        parameterize({ one: { by: 1 }, ten: { by: 10 } }),
        withColumns({
          modules: [more],
          columnsToPass: ['revenue'],
          select: ['tax'],
          namespace: 'more',
          on: 'sales',
        }),
      ),
    };
    const chained = {
      f: untyped(
        taxed,
        parameterize({ one: { by: 1 }, ten: { by: 10 } }),
        modifier({ ...options, columnsToPass: ['price', 'amount'] }),
        modifier({
          modules: [more],
          columnsToPass: ['revenue'],
          select: ['tax'],
          namespace: 'more',
          on: 'sales',
        }),
        subdag({ modules: [{ sales: () => rows }], namespace: 'from' }),
      ),
    };
    expect(
      createDriver({ modules: [m] }).executeSync(['ten'], {
        inputs: { sales: [{ price: 1, amount: 1, revenue: 2 }] },
      }),
    ).toEqual({ ten: [11] });
    const driver = createDriver({ modules: [chained as object] });
    expect(driver.graph.inputs).toEqual(['scale']);
    expect(await driver.execute(['ten', 'one.more.with_columns', 'ten.from.sales'])).toEqual({
      ten: [32, 77],
      'one.more.with_columns': [
        { price: 2, amount: 3, revenue: 6, tax: 3 },
        { price: 7, amount: 2, revenue: 14, tax: 7 },
      ],
      'ten.from.sales': rows,
    });
  });

  test('the table may come from a sub-graph, and columns go on two parameters', async () => {
    const inner = { sales: () => rows };
    const two = ({ sales, others }: { sales: Full[]; others: Full[] }) =>
      [...sales, ...others].map(({ revenue }) => revenue);
    const m = {
      others: () => rows,
      f: node(
        two,
        withColumns(options),
        withColumns({ ...options, on: 'others', namespace: 'other' }),
        subdag({ modules: [inner], namespace: 'source', externalInputs: ['others'] }),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['f', 'source.sales'])).toEqual({ f: [6, 14, 6, 14], 'source.sales': rows });
  });
});

describe('what fails its node', () => {
  const run = async (sales: unknown, revenue: unknown) => {
    const inner = { revenue: ({ price }: { price: unknown }) => (price === 0 ? [] : revenue) };
    const fn = ({ sales: table }: { sales: unknown }) => table;
    const m = {
      f: untyped(fn, modifier({ modules: [inner], columnsToPass: ['price'], select: ['revenue'] })),
    };
    const error = await createDriver({ modules: [m as object] })
      .execute(['f'], { inputs: { sales } })
      .catch((caught: unknown) => caught);
    if (!(error instanceof NodeExecutionError)) throw error;
    const { code, message, hint } = error.cause as FlowerPowerError;
    return { node: error.context['node'], code, message, hint };
  };

  test.each([
    [
      [{ price: 1 }, { prise: 2 }],
      [],
      'f.price',
      'FP_MISSING_PART',
      "row 2 of 'sales' has no column 'price'",
      'It has: prise. Where cells may be absent, let the sub-graph take the table: passTableAs.',
    ],
    [
      { cost: [1] },
      [],
      'f.price',
      'FP_MISSING_PART',
      "'sales' has no column 'price'",
      'It has: cost. Where columns may be absent, let the sub-graph take the table: passTableAs.',
    ],
    [
      [{ price: 1 }],
      [1, 2],
      'f.with_columns',
      'FP_COLUMN_MISMATCH',
      "the column 'revenue' has 2 values, but the table of 'sales' has 1 rows",
      "Let 'revenue' give one value for each row.",
    ],
    [
      { price: [1, 2] },
      [1],
      'f.with_columns',
      'FP_COLUMN_MISMATCH',
      "the column 'revenue' has 1 values, but the table of 'sales' has 2 rows",
      "Let 'revenue' give one value for each row.",
    ],
    [
      [{ price: 1 }],
      7,
      'f.with_columns',
      'FP_COLUMN_MISMATCH',
      "'revenue' gave a number, which is not a column for the table of 'sales'",
      "Let 'revenue' give an array with one value for each row.",
    ],
  ])('%#', async (sales, revenue, at, code, message, hint) => {
    expect(await run(sales, revenue)).toEqual({ node: at, code, message, hint });
  });
});

test.each([
  [{ columnsToPass: ['price'] }, 'it selects no column to append'],
  [{ select: ['revenue'] }, 'it must be given either columnsToPass or passTableAs'],
  [
    { columnsToPass: ['price', 'amount'], passTableAs: 't', select: ['revenue'] },
    'it must be given either columnsToPass or passTableAs',
  ],
  [
    { columnsToPass: ['price', 'amount'], select: ['revenu'] },
    "the sub-graph has no node 'revenu' to select",
  ],
  [{ columnsToPass: ['prize'], select: ['revenue'] }, "the sub-graph takes no input 'prize'"],
  [
    { columnsToPass: ['revenue'], select: ['share'] },
    "the input 'revenue' is computed by a node of the sub-graph",
  ],
  [
    { columnsToPass: ['price'], select: ['revenue'], on: 'sale' },
    "there is no parameter 'sale' to take the table",
  ],
  [
    { columnsToPass: ['price'], select: ['revenue'], on: undefined },
    'nothing says which parameter takes the table',
  ],
  [
    { columnsToPass: ['price'], select: ['revenue'], inputs: { price: [1] } },
    "'price' is taken from the table and given as well",
  ],
  [{ columnsToPass: 'price', select: ['revenue'] }, "its option 'columnsToPass' must be a list of names"],
  [{ columnsToPass: ['price'], selects: ['revenue'], select: ['revenue'] }, "there is no option 'selects'"],
])('wrong use %#', (options, message) => {
  const fn = ({ sales, top }: { sales: Row[]; top: number }) => sales.slice(top);
  const f = untyped(fn, modifier({ modules: [columns], on: 'sales', ...options }));
  let problems: unknown;
  try {
    createDriver({ modules: [{ f }] });
  } catch (error) {
    problems = (error as FlowerPowerError).problems.map((problem) => [problem.code, problem.message]);
  }
  expect(problems).toEqual([['FP_BAD_MODIFIER', `withColumns of 'f' in module 1: ${message}.`]]);
});

test('rows of a class keep their class, and what its getters give', () => {
  class Sale {
    readonly price: number;
    constructor(price: number) {
      this.price = price;
    }
    get gross() {
      return this.price * 2;
    }
  }
  const m = {
    report: node(
      ({ sales }: { sales: (Sale & { tax: number })[] }) =>
        sales.map((sale) => [sale.tax, sale.gross, sale instanceof Sale]),
      withColumns({
        modules: [{ tax: ({ price }: { price: readonly number[] }) => price.map((one) => one / 4) }],
        columnsToPass: ['price'],
        select: ['tax'],
      }),
    ),
  };
  const inputs = { sales: [Object.freeze(new Sale(4))] };
  expect(createDriver({ modules: [m] }).executeSync(['report'], { inputs })).toEqual({
    report: [[1, 8, true]],
  });
});

test('a ragged record of arrays', () => {
  const m = {
    report: node(
      ({ table }: { table: { p: number[]; a: number[]; q: number[] } }) => table,
      withColumns({
        modules: [{ q: ({ p }: { p: readonly number[] }) => p }],
        columnsToPass: ['p'],
        select: ['q'],
      }),
    ),
  };
  const run = (table: { p: number[]; a: number[]; q?: number[] }) =>
    createDriver({ modules: [m] }).runSync(['report'], { inputs: { table } });
  expect(run({ p: [1], a: [1, 2] }).error).toMatchObject({
    cause: {
      code: 'FP_COLUMN_MISMATCH',
      message: "the columns of 'table' have different lengths: 'p' has 1 values, 'a' has 2",
    },
  });
  // A column that is replaced may have been anything.
  expect(run({ p: [1], a: [2], q: [] }).outputs).toEqual({ report: { p: [1], a: [2], q: [1] } });
});
