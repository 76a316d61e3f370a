import type { Graph, NodeKind } from '@flowerpower/core';
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

const plainName = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}(\.[a-z]{1,3}){0,3}$/);

/** Any graph: names as users write them, or hostile ones. */
export function anyGraph(name: fc.Arbitrary<string> = fc.oneof(plainName, anyText)): fc.Arbitrary<Graph> {
  const text = fc.option(anyText, { nil: undefined });
  const shape = fc.record({
    name,
    kind: fc.constantFrom(...kinds),
    type: text,
    doc: text,
    bound: fc.dictionary(anyText, fc.oneof(anyText, fc.anything()), { maxKeys: 2 }),
    sources: fc.array(fc.record({ back: fc.nat({ max: 20 }), parameter: text, optional: fc.boolean() }), {
      maxLength: 4,
    }),
  });
  return fc.uniqueArray(shape, { selector: (node) => node.name, maxLength: 12 }).map((shapes) =>
    graphOf(
      shapes.map(({ sources, ...node }, index) => ({
        ...node,
        dependencies: sources.flatMap(({ back, parameter, optional }) => {
          const source = shapes[index - 1 - back];
          return source === undefined
            ? []
            : [{ node: source.name, parameter: parameter ?? source.name, optional }];
        }),
      })),
    ),
  );
}
