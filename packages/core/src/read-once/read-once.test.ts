import { expect, test } from 'vitest';
import { createDriver } from '../driver/create-driver.js';
import { createEngine } from '../engine/create-engine.js';
import { node } from '../model/node.js';
import { inject } from '../modifiers/variants/inject.js';
import { readOncePart } from './read-once-part.js';

const lines = {
  lines: () => ['a', 'b'].values(),
  first: ({ lines }: { lines: Iterable<string> }) => [...lines][0],
  count: ({ lines }: { lines: Iterable<string> }) => [...lines].length,
};

test('an iterator that two nodes read is refused where the part is, and only there', () => {
  const lean = createEngine({ modules: [lines] });
  expect(lean.executeSync(['first', 'count'])).toEqual({ first: 'a', count: 0 });
  for (const engine of [
    createEngine({ modules: [lines], parts: [readOncePart()] }),
    createDriver({ modules: [lines] }),
  ]) {
    const { error, nodes } = engine.runSync(['first', 'count']);
    expect(error?.cause).toMatchObject({
      code: 'FP_READ_TWICE',
      message:
        "It gave an iterator or a stream, which can be read only once, but is read several times: by 'first', 'count'.",
    });
    expect(nodes['lines']?.status).toBe('failed');
    expect(engine.executeSync(['first'])).toEqual({ first: 'a' });
  }
});

test('so is one that every run would read, in the configuration or bound to a parameter', () => {
  const m = { sum: node(({ g }: { g: Iterable<number> }) => [...g].length, inject({ g: [1].values() })) };
  expect(() => createEngine({ modules: [m], parts: [readOncePart()] })).toThrow(
    expect.objectContaining({
      code: 'FP_READ_TWICE',
      message: "'g' of 'sum' is bound to a value that can be read only once, but every run would read it.",
    }),
  );
  const plain = { sum: ({ g }: { g: Iterable<number> }) => [...g].length };
  expect(() => createDriver({ modules: [plain], config: { g: [1].values() } })).toThrow(
    "The configuration gives 'g' a value that can be read only once",
  );
  // What the configuration replaces is not bound by anyone.
  expect(createDriver({ modules: [m], config: { sum: 3 } }).executeSync(['sum'])).toEqual({ sum: 3 });
});
