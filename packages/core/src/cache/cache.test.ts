import { expect, test } from 'vitest';
import { cache, createDriver, extractFields, node } from '../index.js';

const behaviors = (module: object) =>
  Object.fromEntries(
    [...createDriver({ modules: [module] }).graph.nodes].map(([name, made]) => [name, made.cache]),
  );
const record = () => ({ low: 1, high: 2 });

test('the last one written holds', () => {
  expect(
    behaviors({ a: node(() => 1, cache('disable'), cache({ behavior: 'ignore' })), b: () => 2 }),
  ).toEqual({
    a: 'ignore',
    b: undefined,
  });
});

test('it holds for the outcomes, for what is made of them later, or for the target', () => {
  expect(behaviors({ a: node(record, extractFields('low'), cache('recompute')) })).toEqual({
    a: undefined,
    low: 'recompute',
  });
  expect(
    behaviors({
      a: node(record, extractFields('low', 'high'), cache({ behavior: 'disable', target: 'high' })),
    }),
  ).toEqual({ a: undefined, low: undefined, high: 'disable' });
});

test('wrong behaviours and targets are reported at the build', () => {
  const wrong = {
    a: node(() => 1, cache('recomptue' as never)),
    b: node(record, extractFields('low'), cache({ behavior: 'disable', target: 'lwo' }) as never),
  };
  expect(() => createDriver({ modules: [wrong] })).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          code: 'FP_BAD_MODIFIER',
          message:
            "cache of 'a' in module 1: behavior must be 'default', 'recompute', 'disable' or 'ignore', not string(9).",
          hint: "Did you mean 'recompute'?",
        }),
        expect.objectContaining({ code: 'FP_UNKNOWN_TARGET', hint: "Did you mean 'low'?" }),
      ],
    }),
  );
});

test('it is not a part of the version of a node', () => {
  const versionOf = (module: { a: () => number }) =>
    createDriver({ modules: [module] })
      .versions()
      .nodes.get('a');
  const fn = () => 1;
  expect(versionOf({ a: node(fn, cache('recompute')) })).toBe(versionOf({ a: node(fn, cache('disable')) }));
});
