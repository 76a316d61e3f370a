import { expectTypeOf } from 'vitest';
import {
  branch,
  type CheckGraph,
  checkOutput,
  collect,
  defineModule,
  exclude,
  extractFields,
  inject,
  inRange,
  node,
  type NodeContext,
  parallelizable,
  parameterize,
  retry,
  source,
  tag,
  type ValidationResult,
  when,
} from '../index.js';

const fitting = {
  rows: async ({ count }: { count: number }) => Array.from({ length: count }, (_, index) => ({ index })),
  total: ({ rows, factor = 1 }: { rows: readonly { index: number }[]; factor?: number }) =>
    rows.length * factor,
  label: ({ total, unit }: { total: number | string; unit?: string }, ctx: NodeContext) =>
    `${ctx.runId}${total}${unit}`,
  nothing: () => null,
  positional: (rows: string, unknown: bigint) => `${rows}${unknown}`,
  _helper: ({ rows }: { rows: string }) => rows,
  generic: <T>({ rows }: { rows: readonly T[] }) => rows[0],
  constant: 42,
};

export function whatFitsIsTrue() {
  expectTypeOf<CheckGraph<typeof fitting>>().toEqualTypeOf<true>();
  expectTypeOf<CheckGraph<[typeof fitting]>>().toEqualTypeOf<true>();
  const named = defineModule({ name: 'fitting', exports: fitting });
  expectTypeOf<CheckGraph<typeof named>>().toEqualTypeOf<true>();
  expectTypeOf<CheckGraph<typeof fitting, { inputs: { count: number } }>>().toEqualTypeOf<true>();
}

const wrong = {
  spend: () => '10',
  late: async () => new Date(),
  spendMean: ({ spend, late }: { spend: number[]; late: Date }) => spend.length + late.getTime(),
  zeroMean: ({ spendMean, spend }: { spendMean: bigint; spend?: number }) => [spendMean, spend],
  sum: node({ inputs: ['spend', 'late'] }, (spend: string, late: string) => spend + late),
};

export function whatDoesNotFitIsNamed() {
  expectTypeOf<CheckGraph<typeof wrong>>().toEqualTypeOf<{
    'spend -> spendMean': { gives: string; wants: number[] };
    'spendMean -> zeroMean': { gives: number; wants: bigint };
    'spend -> zeroMean': { gives: string; wants: number | undefined };
    'late -> sum': { gives: Date; wants: string };
  }>();
  // @ts-expect-error it is not true
  const checked: CheckGraph<typeof wrong> = true;
  return checked;
}

export function severalModulesAreOneGraph() {
  const prices = { price: () => 3n };
  const report = { line: ({ price }: { price: number }) => `${price}` };
  expectTypeOf<CheckGraph<typeof report>>().toEqualTypeOf<true>();
  expectTypeOf<CheckGraph<[typeof prices, typeof report]>>().toEqualTypeOf<{
    'price -> line': { gives: bigint; wants: number };
  }>();
}

const modified = {
  range: node(() => ({ low: 1, high: 'x' }), retry({ maxRetries: 1 }), extractFields('low', 'high')),
  scaled: node(
    ({ x, by }: { x: number; by: number }) => x * by,
    parameterize({ double: { x: source('low'), by: 2 }, wrong: { x: source('high'), by: 3 } }),
  ),
  bound: node(({ x, y }: { x: number; y: string }) => `${x}${y}`, inject({ x: source('range'), y: 'a' })),
  ratio: node(() => 0.5, checkOutput(inRange(0, 1)), tag({ owner: 'a' })),
  look: ({
    ratio,
    ratio_raw,
    ratio_inRange,
  }: {
    ratio: number;
    ratio_raw: string;
    ratio_inRange: ValidationResult;
  }) => [ratio, ratio_raw, ratio_inRange],
  tax__uk: node(() => 0.2, when({ country: 'uk' })),
  tax__none: node(() => null, when({ country: 'none' })),
  gross: ({ tax, double }: { tax: number; double: number }) => tax * double,
  helper: node(({ range }: { range: string }) => range, exclude()),
};

export function modifiersAreSeenThrough() {
  expectTypeOf<CheckGraph<typeof modified>>().toEqualTypeOf<{
    'high -> scaled': { gives: string; wants: number };
    'range -> bound': { gives: { low: number; high: string }; wants: number };
    'ratio_raw -> look': { gives: number; wants: string };
    'tax -> gross': { gives: number | null; wants: number };
  }>();
}

const fanned = {
  url: node(() => ['/a'], parallelizable()),
  page: async ({ url }: { url: string }) => url.length,
  links: node(
    async function* ({ page }: { page: number }) {
      yield { href: `${page}` };
    },
    parallelizable(),
    extractFields('href'),
  ),
  all: node(({ page }: { page: number[] }) => page.length, collect('page')),
  streamed: node(
    ({ page }: { page: AsyncIterable<number> }) => page,
    collect('page', { as: 'asyncIterable' }),
  ),
  settled: node(
    ({ page }: { page: PromiseSettledResult<number>[] }) => page,
    collect('page', { onItemError: 'collect' }),
  ),
  anything: node(({ page }: { page: unknown }) => page, collect('page')),
  badItem: ({ url, links }: { url: string[]; links: { href: number } }) => [url, links],
  badList: node(({ page }: { page: string[] }) => page, collect('page')),
  size: ({ all }: { all: number }): 'small' | 'large' => (all > 1 ? 'large' : 'small'),
  chosen: branch('size', { small: 'all', large: 'href' }),
  last: ({ chosen }: { chosen: number }) => chosen,
};

export function insideFanOutsItemsAreCompared() {
  expectTypeOf<CheckGraph<typeof fanned>>().toEqualTypeOf<{
    'url -> badItem': { gives: string; wants: string[] };
    'links -> badItem': { gives: { href: string }; wants: { href: number } };
    'page -> badList': { gives: number[]; wants: string[] };
    'chosen -> last': { gives: string | number; wants: number };
  }>();
}

export function inputsAreLookedAtOnRequest() {
  interface Inputs {
    readonly count: string;
    readonly factor?: number;
  }
  expectTypeOf<CheckGraph<typeof fitting, { inputs: Inputs }>>().toEqualTypeOf<{
    'count -> rows': { gives: string; wants: number };
  }>();
  expectTypeOf<CheckGraph<typeof fitting, { inputs: Record<never, never> }>>().toEqualTypeOf<{
    'count -> rows': 'neither a node nor an input gives it';
  }>();
  expectTypeOf<CheckGraph<typeof fitting, { inputs: { count?: number } }>>().toEqualTypeOf<{
    'count -> rows': { gives: number | undefined; wants: number };
  }>();
}

export function whatIsNotKnownIsNotTrue(): void {
  type Opaque = { modules: 'nothing is known of the exports of one of them' };
  expectTypeOf<CheckGraph<object>>().toEqualTypeOf<Opaque>();
  expectTypeOf<CheckGraph<[typeof fitting, object]>>().toEqualTypeOf<Opaque>();
  // oxlint-disable-next-line typescript/no-explicit-any -- a module imported without types is this
  expectTypeOf<CheckGraph<any>>().not.toEqualTypeOf<true>();
}
