import { expect, test } from 'vitest';
import { createDriver, defineModule, extractFields, node, source, tag, when } from '../index.js';

/** Functions are made from text, so that no compiler of the test rewrites them. */
const fn = (text: string) => new Function(`return (${text})`)() as (...args: never[]) => unknown;
const double = fn('({ x }) => 2 * x');

const versionsOf = (module: object, options: object = {}) =>
  createDriver({ modules: [module], ...options }).versions();
const versionOf = (value: unknown, options: object = {}) => versionsOf({ f: value }, options).nodes.get('f')!;
const base = versionOf(double);

test('a version is the same in every driver and on every machine', () => {
  expect(versionOf(fn('({ x }) => 2 * x'))).toBe(base);
  expect(base).toMatch(/^[\da-f]{32}$/);
});

test('comments, formatting, documentation, tags values and the module change nothing', () => {
  expect(versionOf(fn('({ x }) =>\n  // twice\n  2 * x'))).toBe(base);
  expect(
    versionsOf(defineModule({ name: 'elsewhere', file: 'b.ts', exports: { f: double } })).nodes.get('f'),
  ).toBe(base);
  expect(versionOf(node(double, tag({ a: '1' })))).toBe(versionOf(node(double, tag({ a: '2' }))));
});

test.each([
  ['the code', versionOf(fn('({ x }) => 3 * x'))],
  ['the name of an input', versionOf(fn('({ y }) => 2 * y'))],
  ['another source of an input', versionOf(double, { params: { f: { x: source('y') } } })],
  ['a bound value', versionOf(double, { params: { f: { x: 1 } } })],
  ['another bound value', versionOf(double, { params: { f: { x: '1' } } })],
  ['a modifier', versionOf(node(double, tag({ a: '1' })))],
  ['another modifier', versionOf(node(double, when({ a: 1 })), { config: { a: 1 } })],
  [
    'its kind',
    versionsOf({ f: double, g: ({ f }: { f: number }) => f }, { config: { f: 1 } }).nodes.get('f')!,
  ],
  ['its name', versionsOf({ g: double }).nodes.get('g')!],
])('%s changes the version', (_, version) => {
  expect(version).not.toBe(base);
});

test('a node that a modifier made has the version of the function that was written', () => {
  // Stands for every modifier that wraps: what runs is a function of the modifier, the same for all.
  const wrapped = (text: string) => {
    const definition = node(fn(text), tag({ a: '1' })) as never;
    const key = Symbol.for('flowerpower.node');
    const data = definition[key] as { steps: readonly object[] };
    const wrap = {
      name: 'wrap',
      apply: (nodes: readonly { fn: (...args: never[]) => unknown }[]) =>
        nodes.map((one) => ({ ...one, fn: (...args: never[]) => one.fn(...args), derived: true })),
    };
    return Object.assign(() => 1, { [key]: { ...data, steps: [...data.steps, wrap] } });
  };
  expect(versionOf(wrapped('({ x }) => 2 * x'))).not.toBe(versionOf(wrapped('({ x }) => 3 * x')));
  expect(versionOf(wrapped('({ x }) => 2 * x'))).toBe(versionOf(wrapped('({x})=>2*x')));
  const inModule = (text: string) =>
    versionsOf(defineModule({ name: 'm', exports: { f: wrapped(text) } })).nodes.get('f');
  expect(inModule('({ x }) => 2 * x')).not.toBe(inModule('({ x }) => 3 * x'));
});

test('the version of a graph is that of its nodes in any order, and covers each', () => {
  const g = fn('({ f }) => f + 1');
  const { graph, nodes } = versionsOf({ f: double, g });
  expect([...nodes.keys()]).toEqual(['x', 'f', 'g']);
  expect(versionsOf({ g, f: double }).graph).toBe(graph);
  expect(versionsOf({ f: double }).graph).not.toBe(graph);
  expect(versionsOf({ f: double, g: fn('({ f }) => f + 2') }).graph).not.toBe(graph);
});

test('values given from outside do not count', () => {
  const m = { g: fn('({ limit }) => limit') };
  expect(versionsOf(m, { config: { limit: 1 } })).toEqual(versionsOf(m, { config: { limit: 2 } }));
});

test('arguments of modifiers that decide the value count', () => {
  const part = (fillWith: number) =>
    versionsOf({ f: node(fn('() => ({})'), extractFields('a', { fillWith }) as never) }).nodes.get('a');
  expect(part(1)).not.toBe(part(2));
});

test('a bound function that was made by node counts by what was written', () => {
  const bound = (text: string) =>
    versionOf(double, { params: { f: { x: node(fn(text), tag({ a: '1' })) } } });
  expect(bound('() => 1')).not.toBe(bound('() => 2'));
  expect(bound('() => 1')).toBe(bound('() =>  1'));
});
