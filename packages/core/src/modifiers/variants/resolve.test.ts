import { expect, test } from 'vitest';
import {
  createDriver,
  extractFields,
  node,
  parameterize,
  pipeOutput,
  resolve,
  step,
  tag,
} from '../../index.js';

const power = ({ x, n }: { x: number; n: number }) => x ** n;

test('what the configuration chooses applies at its place', () => {
  const m = {
    power: node(
      power,
      resolve(['degree'], ({ degree }) => parameterize({ high: { n: Number(degree) } })),
      tag({ a: 'b' }),
    ),
  };
  const driver = createDriver({ modules: [m], config: { degree: 3 } });
  expect(driver.executeSync(['high'], { inputs: { x: 2 } })).toEqual({ high: 8 });
  expect(driver.graph.nodes.get('high')?.tags).toEqual({ a: 'b' });
});

test('undefined leaves the node as it is; an absent key is null', () => {
  const seen: unknown[] = [];
  const m = {
    f: node(
      () => 2,
      resolve(['unit'], (config) => {
        seen.push(config);
        return config.unit === 'cents' ? pipeOutput(step((x: number) => x * 100)) : undefined;
      }),
    ),
  };
  expect(createDriver({ modules: [m] }).executeSync(['f'])).toEqual({ f: 2 });
  expect(createDriver({ modules: [m], config: { unit: 'cents' } }).executeSync(['f'])).toEqual({ f: 200 });
  expect(seen).toEqual([{ unit: null }, { unit: 'cents' }]);
});

test('one resolve may choose another', () => {
  const m = {
    f: node(
      () => ({ low: 1 }),
      resolve(['a'], ({ a }) => resolve(['b'], ({ b }) => (a === b ? extractFields('low') : undefined))),
    ),
  };
  expect(createDriver({ modules: [m], config: { a: 1, b: 1 } }).graph.leaves).toEqual(['low']);
  expect(createDriver({ modules: [m], config: { a: 1 } }).graph.leaves).toEqual(['f']);
});

test('a choice that fails or gives no modifier is a problem of the build', () => {
  const untyped: (fn: unknown, ...modifiers: unknown[]) => object = node;
  const build = (choose: () => unknown) => () =>
    createDriver({ modules: [{ f: untyped(() => 1, resolve(['a'], choose as never)) }] });
  const fail = () => {
    throw new Error('no such unit');
  };
  expect(build(fail)).toThrow(
    expect.objectContaining({ code: 'FP_BAD_MODIFIER', message: expect.stringContaining('no such unit') }),
  );
  for (const given of [3, null, () => 1, tag]) {
    expect(build(() => given)).toThrow(expect.objectContaining({ code: 'FP_BAD_MODIFIER' }));
  }
});
