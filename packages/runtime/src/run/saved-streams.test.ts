/** A leaf that can be read once has one reader, its saver: what `check` passes, a run ends well. */
import { node, saveTo } from '@flowerpower/core';
import { to } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';

const save = { gen: { type: 'jsonl', path: 'gen.jsonl' } };
function* rows() {
  yield { a: 1 };
  yield { a: 2 };
}

test.each<[string, object, object]>([
  ['a generator', { gen: rows }, save],
  [
    'an asynchronous generator',
    {
      gen: async function* () {
        yield* rows();
      },
    },
    save,
  ],
  ['an iterator that a plain function gives', { gen: () => [...rows()].values() }, save],
  ['a saver in code', { gen: node(() => rows(), saveTo(to.jsonl({ path: 'gen.jsonl' }))) }, {}],
])('%s is saved without finalVars, and is no output', async (_title, nodes, saved) => {
  const { runner, fs } = await setUp();
  const result = await runner.run(pipeline({ ...nodes, other: () => 3 }, { save: saved as typeof save }));
  expect(result).toMatchObject({ status: 'success', outputs: { other: 3 }, saved: { gen: { rows: 2 } } });
  expect(Object.keys(result.outputs)).toEqual(['other']);
  expect(await fs.readText('gen.jsonl')).toBe('{"a":1}\n{"a":2}\n');
});

test('who asks for it as an output is told that it has a reader already', async () => {
  const { runner } = await setUp();
  const definition = pipeline({ gen: rows }, { save });
  expect(await errorOf(() => runner.run(definition, { outputs: ['gen'] }))).toMatchObject({
    message: expect.stringContaining("is read several times: by 'save.gen', the caller"),
  });
});

test('a saved leaf that can be read again is an output, in its place, also after another attempt', async () => {
  const { runner, clock } = await setUp();
  let calls = 0;
  const nodes = {
    first: () => [1],
    middle: () => {
      if (calls++ === 0) throw new Error('not yet');
      return 2;
    },
    last: () => 'x',
  };
  const file = (name: string) => ({ type: 'json', path: `${name}.json` });
  const more = {
    save: { first: file('first'), last: { type: 'text', path: 'l.txt' } },
    run: { onError: 'continue' as const, retry: { maxRetries: 1 } },
  };
  const { outputs } = await clock.until(runner.run(pipeline(nodes, more)));
  expect(Object.entries(outputs)).toEqual([
    ['first', [1]],
    ['middle', 2],
    ['last', 'x'],
  ]);
});

test('a saved leaf whose saver fails is still given', async () => {
  const { runner } = await setUp();
  const definition = pipeline({ gen: () => 1n, good: () => 1 }, { save, run: { onError: 'continue' } });
  const outcome = await runner.settle(definition);
  expect(outcome).toMatchObject({ status: 'failure', outputs: { gen: 1n, good: 1 } });
});

test('a saved leaf that is replaced is an output', async () => {
  const { runner } = await setUp();
  const definition = pipeline({ gen: () => [{ a: 1 }] }, { save });
  expect((await runner.run(definition, { overrides: { gen: [{ a: 2 }] } })).outputs).toEqual({
    gen: [{ a: 2 }],
  });
});
