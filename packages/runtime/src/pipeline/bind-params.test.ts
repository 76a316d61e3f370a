import { node } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { pipeline, setUp } from '../__fixtures__/set-up.js';

const record = (name: string, value: unknown) => Object.fromEntries([[name, value]]);

test.each(['toString', 'constructor', '__proto__', 'then'])(
  '%s is a parameter like any other',
  async (name) => {
    const { runner } = await setUp();
    const twice = node({ inputs: [name] }, (x: number) => 2 * x);
    const bound = await runner.run(pipeline({ twice }, { params: { twice: record(name, 4) } }));
    expect(bound.outputs).toEqual({ twice: 8 });
    const given = await runner.run(pipeline({ twice }, { params: record(name, 5) }));
    expect(given.outputs).toEqual({ twice: 10 });
  },
);

test.each(['toString', 'constructor', 'then'])('%s is a node like any other', async (name) => {
  const { runner } = await setUp();
  const { outputs, nodes } = await runner.run(pipeline(record(name, () => 3)));
  expect(Object.entries(outputs)).toEqual([[name, 3]]);
  expect(Object.keys(nodes)).toEqual([name]);
});
