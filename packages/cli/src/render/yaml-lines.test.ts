import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlLines } from './yaml-lines.js';

it('reads back as what it was', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.constantFrom('yes', 'NO', 'null', '1e3', '-', '~', '${A}', '# x', 'a: b', '012'),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        tie('value'),
      ),
    ),
  })).value;
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        value,
      ),
      (map) => {
        expect(parse(yamlLines(map).join('\n') || '{}')).toEqual(
          JSON.parse(JSON.stringify(map, infinite), finite),
        );
      },
    ),
  );
});

// JSON has no infinite numbers, and no negative zero, which toEqual tells apart.
function infinite(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (Object.is(value, -0)) return 0;
  return Number.isFinite(value) ? value : { infinite: value > 0 };
}
function finite(_key: string, value: unknown): unknown {
  const { infinite: sign } = (typeof value === 'object' && value !== null ? value : {}) as {
    infinite?: unknown;
  };
  return typeof sign === 'boolean' ? (sign ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY) : value;
}
