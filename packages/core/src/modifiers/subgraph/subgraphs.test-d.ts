import { expectTypeOf } from 'vitest';
import {
  createDriver,
  defineModule,
  extractFields,
  group,
  node,
  parameterize,
  parameterizedSubdag,
  source,
  subdag,
  when,
  withColumns,
} from '../../index.js';

const pricing = {
  net: async ({ gross, rate }: { gross: number; rate: number }) => gross / (1 + rate),
  label: ({ net, unit = 'EUR' }: { net: number; unit?: string }) => `${net} ${unit}`,
};
const own = ({ net, limit }: { net: number; limit: number }) => net < limit;
const options = { modules: [pricing], externalInputs: ['limit'] } as const;

export async function subdags() {
  const m = {
    cheap: node(own, subdag({ ...options, inputs: { gross: source('sales'), rate: 0.2 } })),
    other: node(own, subdag({ ...options, config: { rate: 1 }, namespace: 'ns' })),
    fields: node(
      ({ label }: { label: string }) => ({ length: label.length }),
      subdag({ modules: [defineModule({ name: 'pricing', exports: pricing })], config: { rate: 1 } }),
      extractFields('length'),
    ),
    many: node(own, parameterize({ low: { limit: 1 }, high: { limit: 2 } }), subdag({ modules: [pricing] })),
    copies: node(own, subdag(options), parameterize({ first: { limit: 1 }, second: { limit: 2 } })),
    variant__x: node(own, when({ v: 'x' }), subdag(options)),
    outer: node(
      ({ middle }: { middle: boolean }) => middle,
      subdag({ modules: [{ middle: node(own, subdag(options)) }], inputs: { rate: source('vat') } }),
    ),
  };
  const driver = createDriver({ modules: [m] });
  const result = await driver.execute([
    'cheap',
    'cheap.net',
    'ns.label',
    'length',
    'fields.net',
    'low.net',
    'high.label',
    'second.net',
    'variant.net',
    'outer.middle.net',
  ]);
  expectTypeOf(result).toEqualTypeOf<{
    cheap: boolean;
    'cheap.net': number;
    'ns.label': string;
    length: number;
    'fields.net': number;
    'low.net': number;
    'high.label': string;
    'second.net': number;
    'variant.net': number;
    'outer.middle.net': number;
  }>();
  await driver.execute(['cheap'], { inputs: { sales: 3, limit: 4, unit: 'x', gross: 1, vat: 3, rate: 1 } });
  await driver.execute(['cheap'], { overrides: { 'cheap.net': 3 } });
  // @ts-expect-error a namespace takes the place of the name
  await driver.execute(['other.net']);
  // @ts-expect-error the parts are not taken from the nodes inside
  await driver.execute(['fields.net.length']);
  // @ts-expect-error no such node inside
  await driver.execute(['cheap.nett']);
  // @ts-expect-error the source has the type of the input that it gives
  await driver.execute(['cheap'], { inputs: { sales: 'many' } });
  // @ts-expect-error what a node inside computes is not an input
  await driver.execute(['cheap'], { inputs: { net: 1 } });

  const given = {
    m: node(own, subdag({ ...options, inputs: { gross: 1 }, config: { rate: 1, unit: 'x' } })),
  };
  // @ts-expect-error what is given is not an input any more
  createDriver({ modules: [given] }).plan(['m'], { inputs: { gross: 2 } });
  // @ts-expect-error nor is what the configuration gives
  createDriver({ modules: [given] }).plan(['m'], { inputs: { unit: 'y' } });
  createDriver({ modules: [given] }).plan(['m'], { inputs: { limit: 2 } });
}

export async function opaqueModules(unknownModule: object, config: Record<string, unknown>) {
  const m = {
    a: node(({ x }: { x: number }) => x, subdag({ modules: [unknownModule], inputs: { any: 1 }, config })),
    b: node(own, subdag({ ...options, config })),
    c: node((net: number) => net, subdag({ modules: [pricing] })),
  };
  const driver = createDriver({ modules: [m] });
  const result = await driver.execute(['a', 'a.anything', 'b.net', 'c.net'], {
    inputs: { gross: 1, rate: 2 },
  });
  expectTypeOf(result['a.anything']).toEqualTypeOf<unknown>();
  expectTypeOf(result['b.net']).toEqualTypeOf<number>();
}

export async function parameterized() {
  const m = {
    nets: node(
      own,
      parameterizedSubdag({
        ...options,
        inputs: { rate: 1 },
        outputs: { uk: { inputs: { gross: source('ukSales') } }, de: { config: { gross: 4, unit: 'DM' } } },
      }),
      when({ v: 'x' }),
    ),
  };
  const driver = createDriver({ modules: [m] });
  const result = await driver.execute(['uk', 'de.net', 'uk.label'], {
    inputs: { ukSales: 2, limit: 1, unit: 'x' },
  });
  expectTypeOf(result).toEqualTypeOf<{ uk: boolean; 'de.net': number; 'uk.label': string }>();
  // @ts-expect-error the export itself is not a node
  await driver.execute(['nets']);
  // @ts-expect-error given in both
  await driver.execute(['uk'], { inputs: { gross: 2 } });
}

const columns = {
  revenue: ({ price, amount }: { price: readonly number[]; amount: number[] }) =>
    price.map((one, index) => one * amount[index]!),
  size: ({ table }: { table: readonly { price: number }[] }) => table.length,
  name: ({ table }: { table: readonly { price: number }[] }) => table.map(({ price }) => `${price}`),
};
interface Full {
  price: number;
  amount: number;
  revenue: number;
}
const best = ({ sales }: { sales: Full[] }) => Math.max(...sales.map(({ revenue }) => revenue));
const report = ({ sales, top = 1 }: { sales: Full[]; top?: number }) => sales.slice(top);
const revenue = { modules: [columns], columnsToPass: ['price', 'amount'], select: ['revenue'] } as const;

export async function tables() {
  const m = {
    best: node(best, withColumns(revenue)),
    report: node(report, withColumns({ ...revenue, on: 'sales', namespace: 'ns' })),
    record: node(
      ({ sales }: { sales: { price: Float64Array; name: string[] } }) => sales.name,
      withColumns({
        modules: [{ name: ({ price }: { price: Float64Array }) => [...price].map(String) }],
        columnsToPass: ['price'],
        select: ['name'],
      }),
    ),
  };
  const driver = createDriver({ modules: [m] });
  const result = await driver.execute([
    'best',
    'best.price',
    'best.revenue',
    'ns.with_columns',
    'record.price',
  ]);
  expectTypeOf(result.best).toEqualTypeOf<number>();
  expectTypeOf(result['best.price']).toEqualTypeOf<number[]>();
  expectTypeOf(result['best.revenue']).toEqualTypeOf<number[]>();
  expectTypeOf(result['ns.with_columns']).toEqualTypeOf<Full[]>();
  expectTypeOf(result['record.price']).toExtend<Float64Array>();

  const whole = {
    m: node(
      ({ sales }: { sales: { price: number; name: string }[] }) => sales.length,
      withColumns({ modules: [columns], passTableAs: 'table', select: ['name'] }),
    ),
  };
  const other = createDriver({ modules: [whole] });
  await other.execute(['m', 'm.table', 'm.name'], { inputs: { sales: [{ price: 1 }] } });
  // @ts-expect-error the table as it comes has a price
  await other.execute(['m'], { inputs: { sales: [{ cost: 1 }] } });
  // @ts-expect-error the table is passed by the modifier
  await other.execute(['m'], { inputs: { table: [] } });
}

export const wrongUse = [
  // @ts-expect-error an unknown input
  node(own, subdag({ ...options, inputs: { gros: 1 } })),
  // @ts-expect-error a computed one
  node(own, subdag({ ...options, inputs: { net: 1 } })),
  // @ts-expect-error a value of another type
  node(own, subdag({ ...options, inputs: { gross: 'one' } })),
  // @ts-expect-error a group is not a single value
  node(own, subdag({ ...options, inputs: { gross: group(1, 2) } })),
  // @ts-expect-error a key in both
  node(own, subdag({ ...options, inputs: { rate: 1 }, config: { rate: 1 } })),
  // @ts-expect-error the limit is not inside
  node(own, subdag({ modules: [pricing] })),
  // @ts-expect-error there is no such parameter
  node(own, subdag({ modules: [pricing], externalInputs: ['limit', 'limt'] })),
  // @ts-expect-error the net price is a number
  node(({ net }: { net: string }) => net, subdag({ modules: [pricing] })),
  // @ts-expect-error an unknown option
  subdag({ modules: [pricing], external: [] }),
  // @ts-expect-error no modules
  subdag({}),

  // @ts-expect-error an unknown input of one output
  node(own, parameterizedSubdag({ ...options, outputs: { a: {}, b: { inputs: { gros: 1 } } } })),
  // @ts-expect-error a value of another type
  node(own, parameterizedSubdag({ ...options, outputs: { a: { inputs: { rate: 'x' } } } })),
  // @ts-expect-error a shared input of another type
  node(own, parameterizedSubdag({ ...options, inputs: { rate: 'x' }, outputs: { a: {} } })),
  // @ts-expect-error several nodes already
  node(own, parameterize({ a: {}, b: {} }), parameterizedSubdag({ ...options, outputs: { c: {} } })),

  // @ts-expect-error an unknown node
  node(best, withColumns({ ...revenue, select: ['revenu'] })),
  // @ts-expect-error a node that is not a column
  node(best, withColumns({ modules: [columns], passTableAs: 'table', select: ['size'] })),
  // @ts-expect-error a column that the table does not take
  node(best, withColumns({ modules: [columns], passTableAs: 'table', select: ['name'] })),
  // @ts-expect-error no input of the sub-graph
  node(best, withColumns({ ...revenue, columnsToPass: ['price', 'revenue'] })),
  // @ts-expect-error neither columns nor the table
  node(best, withColumns({ modules: [columns], select: ['revenue'] })),
  // @ts-expect-error both
  node(best, withColumns({ ...revenue, passTableAs: 'table' })),
  // @ts-expect-error which of the parameters
  node(report, withColumns(revenue)),
  // @ts-expect-error no such parameter
  node(report, withColumns({ ...revenue, on: 'sale' })),
  // @ts-expect-error the column has another type
  node(({ t }: { t: { price: string; amount: number; revenue: number }[] }) => t, withColumns(revenue)),
  // @ts-expect-error the computed column has another type
  node(({ t }: { t: { price: number; amount: number; revenue: string }[] }) => t, withColumns(revenue)),
];
