import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as yaml from 'yaml';
import { guardedTokens } from './guarded-tokens.js';

/** Levels of collections in what the parser makes of a text, whether it is valid or not. */
function parsedDepth(text: string): number {
  let deepest = 0;
  for (const root of new yaml.Parser().parse(text)) {
    const open: { token: unknown; depth: number }[] = [{ token: root, depth: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { token, depth } = next;
      if (typeof token !== 'object' || token === null) continue;
      const isCollection = 'items' in token;
      const level = depth + Number(isCollection);
      deepest = Math.max(deepest, level);
      const inner: unknown[] = isCollection
        ? (token.items as { key?: unknown; value?: unknown }[]).flatMap(({ key, value }) => [key, value])
        : ['value' in token ? token.value : undefined];
      for (const each of inner) open.push({ token: each, depth: level });
    }
  }
  return deepest;
}

const piece = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('- ', '? ', ': ', '[', ']', '{', '}', 'a: ', ', ', 'x', ' ', '-', ':'),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('\n', '\n ', '\n  ', '\n    ', '\r\n', '---\n', '...\n', '#c\n', '"', "'"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('&a ', '*a ', '!t ', '<<: ', '\t', '|\n', '>-\n', '%YAML 1.1\n', '\ufeff'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\u0002', '\u0018', '\u001f', '\0', '👻', '!!str ', '-- ', '? - : '),
  },
);

test('a text is let through exactly when it nests no deeper than the limit, valid or not', () => {
  fc.assert(
    fc.property(fc.string({ unit: piece, maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (text, depth) => {
      const read = () => [...guardedTokens(yaml, text, { depth })];
      const nested = parsedDepth(text);
      // One more level where a flow collection turns out to be a key when it has ended.
      if (nested > depth + 1) expect(read).toThrow(`nests deeper than ${depth} levels`);
      if (nested <= depth) expect(read()).toEqual([...new yaml.Parser().parse(text)]);
    }),
    { numRuns: 2000 },
  );
});
