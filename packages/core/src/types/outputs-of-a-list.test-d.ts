import { expectTypeOf } from 'vitest';
import { type CheckGraph, collect, createDriver, node, parallelizable } from '../index.js';

const m = { a: () => 1, b: () => 'two' };
const driver = createDriver({ modules: [m] });

export async function ofATupleEveryOutputIsThere() {
  expectTypeOf(driver.executeSync(['a'])).toEqualTypeOf<{ a: number }>();
  expectTypeOf(await driver.execute(['a', 'b'])).toEqualTypeOf<{ a: number; b: string }>();
  expectTypeOf(driver.executeSync([])).toEqualTypeOf<{}>();
}

export async function ofAListEachOutputMayBeMissing(list: ('a' | 'b')[]) {
  expectTypeOf(driver.executeSync(list)).toEqualTypeOf<{ a?: number; b?: string }>();
  expectTypeOf((await driver.execute(list)).b).toEqualTypeOf<string | undefined>();
  // @ts-expect-error it may be missing
  const a: number = driver.executeSync(list).a;
  return a;
}

export function anOptionalParameterMayCollect() {
  const fitting = {
    l: node(() => [1], parallelizable()),
    c: node(({ l = [] }: { l?: number[] }) => l.length, collect('l')),
  };
  expectTypeOf<CheckGraph<typeof fitting>>().toEqualTypeOf<true>();
  const wrong = { ...fitting, c: node(({ l = [] }: { l?: string[] }) => l.length, collect('l')) };
  expectTypeOf<CheckGraph<typeof wrong>>().toEqualTypeOf<{
    'l -> c': { gives: number[]; wants: string[] };
  }>();
}
