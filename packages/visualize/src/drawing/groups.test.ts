import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupByNamespace, type NameGroup } from './groups.js';

/** `{ns: member, …}` on one line. */
function show(group: NameGroup): string {
  return [
    ...group.members.map(({ label }) => label),
    ...group.groups.map((inner) => `${inner.label}{${show(inner)}}`),
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
  ['empty segments are no namespaces', ['.a', '.b', 'a..b', 'a..c', 'x.'], '.a .b a..b a..c x.'],
])('%s', (_title, names, expected) => {
  expect(show(groupByNamespace(names))).toBe(expected);
});

test('boxes nest at most eight deep, whatever the names', () => {
  const names = Array.from({ length: 400 }, (_, index) => `${'a.'.repeat(index)}a`);
  const depth = (group: NameGroup): number => 1 + Math.max(0, ...group.groups.map(depth));
  expect(depth(groupByNamespace(names))).toBe(9);
});

test('law: every name is in exactly one group, under its path', () => {
  const name = fc.stringMatching(/^[ab]?(\.[ab]?){0,4}$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 20 }), (names) => {
      const found: string[] = [];
      const walk = (group: NameGroup): void => {
        for (const member of group.members) {
          expect(group.path === '' ? member.label : `${group.path}.${member.label}`).toBe(member.name);
          found.push(member.name);
        }
        for (const inner of group.groups) {
          const inside = found.length;
          walk(inner);
          expect(found.length - inside).toBeGreaterThanOrEqual(2);
        }
      };
      walk(groupByNamespace(names));
      expect(found.toSorted()).toEqual(names.toSorted());
    }),
  );
});
