import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FanOutsAround } from '@flowerpower/core';
import { type Group, groupNodes } from './groups.js';

/** `member ns{member …} each expander{member …}` on one line. */
function show(group: Group): string {
  return [
    ...group.members.map(({ label }) => label),
    ...group.groups.map((inner) => `${inner.kind === 'fanOut' ? 'each ' : ''}${inner.label}{${show(inner)}}`),
  ].join(' ');
}

test.each<[string, readonly string[], string]>([
  ['names without dots need no box', ['a', 'b'], 'a b'],
  ['two nodes make a namespace', ['x', 'ns.a', 'ns.b'], 'x ns{a b}'],
  ['one node alone keeps its whole name', ['x', 'ns.a'], 'x ns.a'],
  ['namespaces nest', ['o.a', 'o.i.b', 'o.i.c'], 'o{a i{b c}}'],
  ['a namespace with only another inside shares its box', ['o.i.b', 'o.i.c'], 'o.i{b c}'],
  ['siblings stay apart', ['o.i.b', 'o.i.c', 'o.j.b', 'o.j.c'], 'o{i{b c} j{b c}}'],
  ['a node named like the namespace stays outside', ['f', 'f.raw', 'f.with_x'], 'f f{raw with_x}'],
  ['empty segments are not namespaces', ['.a', '.b', 'a..b', 'a..c', 'x.'], '.a .b a..b a..c x.'],
])('%s', (_title, names, expected) => {
  expect(show(groupNodes(names))).toBe(expected);
});

/** `name` or `name/expander/…`. */
function scoped(sketches: readonly string[]): [string[], FanOutsAround] {
  const split = sketches.map((sketch) => sketch.split('/'));
  return [split.map(([name = '']) => name), new Map(split.map(([name = '', ...scope]) => [name, scope]))];
}

test.each<[string, readonly string[], string]>([
  ['a fan-out has a box, with one node too', ['e', 'a/e', 'b'], 'e b each e{a}'],
  ['fan-outs nest', ['e', 'f/e', 'a/e/f', 'b/e'], 'e each e{f b each f{a}}'],
  ['a fan-out lies in the namespace of its nodes', ['ns.e', 'ns.a/ns.e', 'ns.b'], 'ns{e b each e{a}}'],
  ['the node that fans out may be outside', ['e', 'ns.a/e', 'ns.b'], 'e ns{b each e{a}}'],
  ['a namespace may lie in a fan-out', ['e', 'a/e', 'ns.b/e', 'ns.c/e'], 'e each e{a ns{b c}}'],
  [
    'a namespace is parted rather than a fan-out',
    ['e', 'a/e', 'ns.b/e', 'ns.c/e', 'ns.d', 'ns.f'],
    'e each e{a ns{b c}} ns{d f}',
  ],
  [
    'a namespace with one fan-out only needs no box around it',
    ['e', 'ns.a/e', 'ns.b/e'],
    'e each e{ns{a b}}',
  ],
])('%s', (_title, sketches, expected) => {
  expect(show(groupNodes(...scoped(sketches)))).toBe(expected);
});

test('boxes nest at most eight deep, whatever the names', () => {
  const names = Array.from({ length: 400 }, (_, index) => `${'a.'.repeat(index)}a`);
  const depth = (group: Group): number => 1 + Math.max(0, ...group.groups.map(depth));
  expect(depth(groupNodes(names))).toBe(9);
  const nested = new Map(names.map((name, index) => [name, names.slice(0, index)]));
  expect(depth(groupNodes(names, nested))).toBe(9);
});

test('law: every name is in exactly one group, under its namespace and in its fan-outs', () => {
  const name = fc.stringMatching(/^[ab]?(\.[ab]?){0,4}$/);
  const node = fc.record({ name, scope: fc.uniqueArray(fc.constantFrom('e', 'f', 'a.b'), { maxLength: 2 }) });
  fc.assert(
    fc.property(fc.uniqueArray(node, { maxLength: 20, selector: (one) => one.name }), (nodes) => {
      const names = nodes.map((one) => one.name);
      const scopes = new Map(nodes.map((one) => [one.name, one.scope]));
      const found: string[] = [];
      const walk = (group: Group, namespace: string, fanOuts: readonly string[]): void => {
        for (const member of group.members) {
          expect(namespace === '' ? member.label : `${namespace}.${member.label}`).toBe(member.name);
          expect(fanOuts).toEqual(scopes.get(member.name));
          found.push(member.name);
        }
        for (const inner of group.groups) {
          const inside = found.length;
          if (inner.kind === 'namespace') walk(inner, inner.path, fanOuts);
          else walk(inner, namespace, [...fanOuts, inner.path]);
          expect(found.length - inside).toBeGreaterThanOrEqual(inner.kind === 'namespace' ? 2 : 1);
        }
      };
      walk(groupNodes(names, scopes), '', []);
      expect(found.toSorted()).toEqual(names.toSorted());
    }),
  );
});
