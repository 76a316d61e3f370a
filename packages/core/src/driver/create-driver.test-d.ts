import { expectTypeOf } from 'vitest';
import { createDriver, defineModule, node, type NodeContext, tag, when } from '../index.js';

const marketing = {
  spend: ({ rows }: { rows: number }): number[] => [rows],
  signups: async ({ rows, scale = 1 }: { rows: number; scale?: number }) => [rows * scale],
  perSignup: node(
    ({ spend, signups }: { spend: number[]; signups: number[] }, _ctx: NodeContext) =>
      spend.map((value, index) => value / signups[index]!),
    tag({ owner: 'growth' }),
  ),
  rate__uk: node(() => 0.2, when({ country: 'uk' })),
  rate__text: node(() => 'none', when({ country: 'none' })),
  plain__variant: () => true,
  total: node({ inputs: ['spend', 'bonus'] }, (spend: number[], bonus: bigint) => `${spend} ${bonus}`),
  _private: () => 1,
  constant: 42,
};

const driver = createDriver({ modules: [marketing] });

export async function results() {
  const result = await driver.execute(['perSignup', 'rate', 'signups', 'total', 'plain__variant'], {
    inputs: { rows: 3, scale: 2, bonus: 1n },
    overrides: { spend: [1] },
  });
  expectTypeOf(result.perSignup).toEqualTypeOf<number[]>();
  expectTypeOf(result.rate).toEqualTypeOf<string | number>();
  expectTypeOf(result.signups).toEqualTypeOf<number[]>();
  expectTypeOf(result.total).toEqualTypeOf<string>();
  expectTypeOf(result.plain__variant).toEqualTypeOf<boolean>();

  // A node stays a function with its own types.
  expectTypeOf(marketing.rate__uk()).toEqualTypeOf<number>();

  // @ts-expect-error an unknown name does not compile
  await driver.execute(['spned']);
  // @ts-expect-error a private export is not a node
  await driver.execute(['_private']);
  // @ts-expect-error a constant is not a node
  await driver.execute(['constant']);
  // @ts-expect-error a variant collapses to its name
  await driver.execute(['rate__uk']);
  // @ts-expect-error a wrong type of an input
  await driver.execute(['spend'], { inputs: { rows: 'three' } });
  // @ts-expect-error an unknown input
  await driver.execute(['spend'], { inputs: { rowz: 3 } });
  // @ts-expect-error a node is not an input
  await driver.execute(['spend'], { inputs: { spend: [3] } });
  // @ts-expect-error a wrong type of an override
  await driver.execute(['perSignup'], { overrides: { spend: 'much' } });
}

export function modulesCombine() {
  const prices = { net: ({ gross }: { gross: number }) => gross / 1.2 };
  const report = { line: ({ net }: { net: number }) => `${net}` };
  const combined = createDriver({
    modules: [prices, defineModule({ name: 'report', exports: report })],
  });
  expectTypeOf(combined.executeSync(['line', 'net'], { inputs: { gross: 1 } })).toEqualTypeOf<{
    line: string;
    net: number;
  }>();
  // @ts-expect-error net is defined by the other module
  combined.executeSync(['line'], { inputs: { net: 1 } });
}

export function positionalInputsAreUntyped() {
  const positional = createDriver({
    modules: [{ sum: (values: number[], start: number) => start + values.length }],
  });
  positional.executeSync(['sum'], { inputs: { values: [1], start: 2 } });
  // @ts-expect-error names of nodes are known all the same
  positional.executeSync(['summe']);
}

export function opaqueModulesTakeAnyName() {
  const loaded: object = {};
  const opaque = createDriver({ modules: [defineModule({ name: 'loaded', exports: loaded })] });
  expectTypeOf(opaque.executeSync(['anything'])).toEqualTypeOf<{ anything: unknown }>();
}

export const wrongUse = [
  // @ts-expect-error the conditions of `when` are plain values
  node(() => 1, when({ country: ['uk'] })),
  // @ts-expect-error the inputs of an explicit node are names
  node({ inputs: [1] }, (a: number) => a),
];
