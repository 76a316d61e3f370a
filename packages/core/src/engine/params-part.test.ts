/** How `params`, variants and modifiers meet. */
import { expect, test } from 'vitest';
import {
  checkOutput,
  createDriver,
  exclude,
  extractFields,
  group,
  inject,
  inRange,
  node,
  source,
  value,
  when,
} from '../index.js';

test('a variant under modifiers collapses with everything that they made of it', () => {
  const fields = { size__big: node(() => ({ area: 9 }), extractFields('area'), when({ big: true })) };
  const driver = createDriver({ modules: [fields], config: { big: true } });
  expect(driver.executeSync(['size', 'area'])).toEqual({ size: { area: 9 }, area: 9 });

  const checked = { rate__uk: node(() => 1, checkOutput(inRange(0, 9)), when({ country: 'uk' })) };
  const { graph } = createDriver({ modules: [checked], config: { country: 'uk' } });
  expect([...graph.nodes.keys()]).toEqual(['rate_raw', 'rate_inRange', 'rate']);
});

test('a variant is stripped once, however many conditions it has', () => {
  const m = { a__b__c: node(() => 1, when({ x: 1 }), when({ x: 1 })) };
  expect(createDriver({ modules: [m], config: { x: 1 } }).graph.leaves).toEqual(['a__b']);
});

test('params take values, sources and groups, and win over inject', () => {
  const m = { f: ({ x, y }: { x: number; y: number[] }) => x + y.length, base: () => 4 };
  const run = (module: object, f: Record<string, unknown>) =>
    createDriver({ modules: [module], params: { f } }).executeSync(['f'] as never);
  expect(run(m, { x: value(1), y: group(source('base'), 2) })).toEqual({ f: 3 });
  expect(run({ ...m, f: node(m.f, inject({ x: 1, y: [] })) }, { x: source('base') })).toEqual({ f: 4 });
});

test('params reach the function that a modifier has moved', () => {
  const m = { price: node(({ net }: { net: number }) => net, checkOutput(inRange(0, 9))) };
  expect(createDriver({ modules: [m], params: { price: { net: 3 } } }).executeSync(['price'])).toEqual({
    price: 3,
  });
});

test('a parameter bound to a source is not a renamed parameter', () => {
  const m = { x: () => 1, g: node((x2: number) => x2, inject({ x2: source('price') })) };
  expect(createDriver({ modules: [m] }).executeSync(['g'], { inputs: { price: 3 } })).toEqual({ g: 3 });
});

test('an excluded helper may have parameters that are not edges', () => {
  const m = { help: node((...xs: number[]) => xs.length, exclude()), x: () => 1 };
  expect(createDriver({ modules: [m] }).graph.leaves).toEqual(['x']);
});
