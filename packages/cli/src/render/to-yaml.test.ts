import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolvePipelineConfig } from '@flowerpower/config';
import { toYaml } from './to-yaml.js';

test('maps and lists are blocks', () => {
  expect(toYaml({ a: [1, { b: 'x y', c: [] }], 'a:b': 'yes', d: {}, e: undefined })).toBe(
    'a:\n  - 1\n  - b: "x y"\n    c: []\n"a:b": "yes"\nd: {}\n',
  );
});

test('what it writes is read back as it was', async () => {
  const key = fc
    .string({ minLength: 1 })
    .filter((text) => !/^(?:__proto__|constructor|prototype)$|\$/.test(text));
  const leaf = fc.oneof(
    fc.boolean(),
    fc.integer(),
    fc.string().filter((text) => !text.includes('$')),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('tree')), fc.dictionary(key, tie('tree'))),
  }));
  await fc.assert(
    fc.asyncProperty(tree, async (data) => {
      const text = toYaml({ run: { inputs: { data } } });
      const { value } = await resolvePipelineConfig({ name: 'p', pipeline: { file: 'p.yml', text } });
      expect(value.run.inputs).toEqual({ data });
    }),
  );
});
