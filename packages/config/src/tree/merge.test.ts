import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeNodes } from './merge.js';
import { asMap, type ConfigNode, mapOf } from './node.js';
import { toValue } from './to-value.js';

const origin = { source: { kind: 'value', layer: 'override' } } as const;

/** A tree of user's data: maps are map nodes, everything else a value. */
function tree(value: unknown): ConfigNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(tree), origin };
  if (typeof value === 'object' && value !== null) {
    return mapOf(
      Object.entries(value).map(([key, child]) => [key, tree(child)]),
      origin,
    );
  }
  return { kind: 'value', value, origin, isUserData: true };
}

function merge(...values: unknown[]): unknown {
  return toValue(
    values.map(tree).reduce<ConfigNode>((base, over) => mergeNodes(base, over), mapOf([], origin)),
  );
}

/** Few keys, so that maps overlap. */
const key = fc.constantFrom('a', 'b', 'c', 'd');
const scalar = fc.oneof(fc.integer({ max: 3, min: 0 }), fc.boolean(), fc.string({ maxLength: 2 }));
const list = fc.array(scalar, { maxLength: 3 });
const { map } = fc.letrec((tie) => ({
  map: fc.dictionary(key, fc.oneof({ maxDepth: 4 }, scalar, list, tie('map'))),
}));
/** Maps with the same kind of value at each path: null-free merging is associative where kinds agree. */
const { deep } = fc.letrec((tie) => ({
  deep: fc.record(
    { n: scalar, l: list, m: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.constant({}), tie('deep')) },
    { requiredKeys: [] },
  ),
}));

describe('laws', () => {
  it('is associative for maps without null', () => {
    fc.assert(
      fc.property(deep, deep, deep, (a, b, c) => {
        expect(merge(a, merge(b, c))).toEqual(merge(merge(a, b), c));
      }),
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(map, (a) => {
        expect(merge(a, a)).toEqual(merge(a));
      }),
    );
  });

  it('has the empty map as neutral element', () => {
    fc.assert(
      fc.property(map, (a) => {
        expect(merge(a, {})).toEqual(a);
        expect(merge({}, a)).toEqual(a);
      }),
    );
  });

  it('lets everything of the upper map win', () => {
    fc.assert(
      fc.property(map, map, (base, over) => {
        const merged = merge(base, over);
        const check = (expected: unknown, actual: unknown): void => {
          if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) {
            expect(actual).toEqual(expected);
            return;
          }
          for (const [name, value] of Object.entries(expected))
            check(value, (actual as Record<string, unknown>)[name]);
        };
        check(over, merged);
      }),
    );
  });

  it('replaces lists', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(merge({ k: a }, { k: b })).toEqual({ k: b });
      }),
    );
  });

  it('changes neither of its arguments', () => {
    fc.assert(
      fc.property(map, map, (a, b) => {
        const [left, right] = [tree(a), tree(b)];
        mergeNodes(left, right);
        expect([toValue(left), toValue(right)]).toEqual([a, b]);
      }),
    );
  });
});

describe('null', () => {
  it('takes back what a lower layer set, at any depth', () => {
    expect(merge({ a: 1, b: 2 }, { a: null })).toEqual({ b: 2 });
    expect(merge({ m: { a: 1, b: 2 } }, { m: { a: null } })).toEqual({ m: { b: 2 } });
    expect(merge({ m: { a: 1 } }, { m: null })).toEqual({});
    expect(merge({ a: 1 }, { a: null }, { a: null })).toEqual({});
  });

  it('lets a higher layer set the key anew, without what was taken back', () => {
    expect(merge({ m: { a: 1 } }, { m: null }, { m: { b: 2 } })).toEqual({ m: { b: 2 } });
  });

  it('is a value of its own in user data when there is nothing to take back', () => {
    expect(merge({ m: { a: null } })).toEqual({ m: { a: null } });
    expect(merge({ m: { a: null } }, { m: { a: null, b: 1 } })).toEqual({ m: { a: null, b: 1 } });
    expect(merge({ l: [null, { a: null }] })).toEqual({ l: [null, { a: null }] });
  });

  it('leaves the key out where the key is not the user’s', () => {
    expect(toValue(mapOf([['timeout', { kind: 'value', value: null, origin }]], origin))).toEqual({});
  });
});

describe('values given in code', () => {
  const given = (value: unknown): ConfigNode =>
    mapOf([['k', { kind: 'value', value, origin, isUserData: true }]], origin);

  it.each([
    [new Date(0)],
    [new Map([[1, 2]])],
    [new Uint8Array(2)],
    [() => 1],
    [new (class Row {})()],
    [{ plain: { deep: null } }],
    [[1]],
  ])('keep their identity: %s', (value) => {
    const merged = toValue(mergeNodes(tree({ k: 1 }), given(value))) as { k: unknown };
    expect(merged.k).toBe(value);
  });

  it('merge into a map of a lower layer', () => {
    expect(
      toValue(mergeNodes(tree({ k: { a: 1, m: { x: 1 } } }), given({ b: 2, m: { y: 2 }, u: undefined }))),
    ).toEqual({
      k: { a: 1, b: 2, m: { x: 1, y: 2 } },
    });
  });

  it('may hold themselves', () => {
    const loop: Record<string, unknown> = { name: 'loop' };
    loop['self'] = loop;
    const merged = toValue(mergeNodes(tree({ k: { self: { name: 'yaml' } } }), given(loop))) as {
      k: { self: unknown };
    };
    expect(merged.k.self).toEqual({ name: 'loop', self: loop });
  });

  it('cannot pollute a prototype', () => {
    const hostile: unknown = JSON.parse(
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
    );
    const merged = toValue(mergeNodes(tree({ k: { a: 1 } }), given(hostile))) as { k: object };
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(merged.k)).toBe(Object.prototype);
    expect((merged.k as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

it('opens plain objects only', () => {
  expect(asMap({ kind: 'value', value: Object.create(null) as object, origin })?.kind).toBe('map');
  expect(asMap({ kind: 'value', value: new Date(), origin })).toBeUndefined();
  expect(asMap({ kind: 'list', items: [], origin })).toBeUndefined();
});
