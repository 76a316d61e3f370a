import { describe, expect, test } from 'vitest';
import { createDriver, FlowerPowerError, upstreamOf } from '../index.js';
import { didYouMean, suggest } from './suggest.js';

test('near names come best first, far ones not at all', () => {
  expect(suggest('spned', ['spends', 'signups', 'spend'])).toEqual(['spend', 'spends']);
  expect(suggest('SPEND', ['spend'])).toEqual(['spend']);
  expect(suggest('x', ['spend'])).toEqual([]);
});

test('the question names up to three', () => {
  expect(didYouMean('abc', ['abd', 'abe', 'abf', 'abg'])).toBe("Did you mean 'abd', 'abe' or 'abf'?");
  expect(didYouMean('zzzz', ['abc'])).toBeUndefined();
});

test('no name twice, and never the one that was asked about', () => {
  expect(didYouMean('price3', ['price1', 'price3', 'price1'])).toBe("Did you mean 'price1'?");
});

test.each([
  ['x', ['o', 'y', 'xy'], []],
  ['x', ['X'], ['X']],
  ['ab', ['ac', 'abc', 'ba'], ['abc']],
  ['rate', ['date', 'rates', 'late'], ['rates']],
  ['rate', ['arte', 'ate', 'grate'], ['arte', 'ate', 'grate']],
  ['fields', ['yields'], ['yields']],
])('%s: of %j it could be %j', (name, known, near) => {
  expect(suggest(name, known)).toEqual(near);
});

describe('the work of a suggestion has a bound, however long names are and however many', () => {
  test('of names of a similar length some thousand are compared', () => {
    let given = 0;
    function* endless() {
      for (;;) {
        if (++given > 10_000) expect.fail('It goes on and on.');
        yield `name_${given}`;
      }
    }
    expect(suggest('name_x', endless())).toHaveLength(3);
  });

  test('a typo in a name of 50,000 letters is found, and one that is quite different is not looked for', () => {
    const names = Array.from({ length: 50 }, (_, index) =>
      String.fromCharCode(0x4e00 + index).repeat(50_000),
    );
    expect(suggest(`${names[7]!.slice(1)}x`, names)).toEqual([names[7]]);
    const shifted = names[7]!.slice(0, 30_000).padStart(50_000, '1234567890');
    expect(suggest(shifted, names)).toEqual([]);
  });

  test('3,000 unknown names are each a problem, and the first hundred have a hint', () => {
    const nodes = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`node_${index}`, () => 1]));
    const { graph } = createDriver({ modules: [nodes] });
    const unknown = Array.from({ length: 3000 }, (_, index) => `nod_${index}`);
    try {
      upstreamOf(graph, ...unknown);
      expect.fail('Nothing was thrown.');
    } catch (error) {
      const { problems } = error as FlowerPowerError;
      expect(problems).toHaveLength(3000);
      expect(problems.filter(({ hint }) => hint !== undefined)).toHaveLength(100);
      expect((error as FlowerPowerError).message.length).toBeLessThan(2000);
    }
  });
});
