import type { CacheBehavior, Collect, Graph, NodeKind } from '@flowerpower/core';
import fc from 'fast-check';
import { graphOf, hostileTexts } from './graphs.js';

const kinds: readonly NodeKind[] = ['function', 'loader', 'saver', 'input', 'config'];

/** Any text at all, with a taste for trouble. Includes lone surrogates and control characters. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...hostileTexts), { minLength: 2, maxLength: 4 }).map((texts) => texts.join('')),
);

/** Names as users write them. */
export const plainName = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}(\.[a-z]{1,3}){0,3}$/);

const anyCollect: fc.Arbitrary<Collect> = fc.record({
  as: fc.constantFrom('array', 'iterable', 'asyncIterable'),
  onItemError: fc.constantFrom('fail', 'collect'),
});

/** Any graph: names as users write them, or hostile ones. Its fan-outs need not make sense together. */
export function anyGraph(name: fc.Arbitrary<string> = fc.oneof(plainName, anyText)): fc.Arbitrary<Graph> {
  const text = fc.option(anyText, { nil: undefined });
  const shape = fc.record({
    name,
    kind: fc.constantFrom(...kinds),
    type: text,
    doc: text,
    bound: fc.dictionary(anyText, fc.oneof(anyText, fc.anything()), { maxKeys: 2 }),
    cache: fc.option(fc.constantFrom<CacheBehavior>('default', 'recompute', 'disable', 'ignore'), { nil: undefined }),
    fanOut: fc.option(fc.record({ concurrency: fc.option(fc.nat(), { nil: undefined }) }), { nil: undefined, freq: 2 }),
    branches: fc.option(fc.uniqueArray(anyText, { maxLength: 3 }), { nil: undefined, freq: 4 }),
    sources: fc.array(
      fc.record({
        back: fc.nat({ max: 20 }),
        parameter: text,
        optional: fc.boolean(),
        collect: fc.option(anyCollect, { nil: undefined, freq: 2 }),
      }),
      { maxLength: 4 },
    ),
  });
  return fc.uniqueArray(shape, { selector: (node) => node.name, maxLength: 12 }).map((shapes) =>
    graphOf(
      shapes.map(({ sources, branches, ...node }, index) => {
        const dependencies = sources.flatMap(({ back, parameter, ...edge }) => {
          const source = shapes[index - 1 - back];
          return source === undefined ? [] : [{ ...edge, node: source.name, parameter: parameter ?? source.name }];
        });
        const [on, ...sides] = dependencies.map(({ parameter }) => parameter);
        const cases = Object.fromEntries((branches ?? []).map((text, at) => [text, sides[at % sides.length] ?? '']));
        return { ...node, dependencies, ...(branches && on !== undefined && { branch: { on, cases } }) };
      }),
    ),
  );
}
