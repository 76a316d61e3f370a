/** Names that every object knows already, wherever a user chooses a name. */
import { node, type NodeContext } from '@flowerpower/core';
import { describe, expect, test } from 'vitest';
import { pipeline, setUp } from '../__fixtures__/set-up.js';

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then'];
/** A record with one own key, whatever its name. */
const only = <T>(name: string, value: T): Record<string, T> => Object.fromEntries([[name, value]]);

// No name of a node starts with `_`, which is said.
describe.each(names.filter((name) => !name.startsWith('_')))('%s', (name) => {
  test('a node, an input and an override', async () => {
    const { runner } = await setUp();
    const m = only(
      name,
      node({ inputs: ['x'] }, (x: number) => x + 1),
    );
    const { outputs } = await runner.run(pipeline(m), { inputs: { x: 1 } });
    expect(Object.entries(outputs)).toEqual([[name, 2]]);
    const given = await runner.run(pipeline({ a: node({ inputs: [name] }, (x: number) => x) }), {
      inputs: only(name, 3),
    });
    expect(given.outputs).toEqual({ a: 3 });
    const overridden = await runner.run(pipeline(m), { overrides: only(name, 7) });
    expect(Object.entries(overridden.outputs)).toEqual([[name, 7]]);
    await runner.close();
  });

  test('a target of io.load and of io.save', async () => {
    const { runner, fs, events } = await setUp({ files: { 'in.json': '[1, 2]' } });
    const m = { sum: node({ inputs: [name] }, (list: number[]) => list[0]! + list[1]!) };
    const run = pipeline(m, {
      load: only(name, { type: 'json', path: 'in.json' }),
      save: only(name, { type: 'json', path: 'out.json' }),
    });
    const result = await runner.run(run);
    expect(result.outputs).toEqual({ sum: 3 });
    expect(Object.keys(result.loaded)).toEqual([name]);
    expect(Object.keys(result.saved)).toEqual([name]);
    expect(await fs.readText('out.json')).toContain('2');
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'success' });
    await runner.close();
  });
});

describe.each(names)('%s', (name) => {
  test('a value and a map under params, and a parameter', async () => {
    const { runner } = await setUp();
    const value = { a: node({ inputs: [name] }, (x: number) => x) };
    expect((await runner.run(pipeline(value, { params: only(name, 5) }))).outputs).toEqual({ a: 5 });
    const bound = { b: node({ inputs: [name] }, (x: number) => x) };
    expect((await runner.run(pipeline(bound, { params: { b: only(name, 6) } }))).outputs).toEqual({ b: 6 });
    await runner.close();
  });

  test('the name of a pipeline, a log field and a scheme of storage options', async () => {
    const { runner, logs } = await setUp();
    const m = {
      a: node({ inputs: ['x'] }, (x: number, { log }: NodeContext) => {
        log.info('line', only(name, 1));
        return x;
      }),
    };
    expect((await runner.run(pipeline(m, { name }), { inputs: { x: 1 } })).outputs).toEqual({ a: 1 });
    expect(Object.entries(logs.find(({ msg }) => msg === 'line')!)).toContainEqual([name, 1]);
    await expect(setUp({ storageOptions: only(name, {}) })).rejects.toMatchObject({
      code: 'FP_UNKNOWN_SCHEME',
    });
    await runner.close();
  });
});
