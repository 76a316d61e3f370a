/** Values that are read once, and branches. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import { branch, createDriver } from '../index.js';

const twice = { cause: { code: 'FP_READ_TWICE' } };

describe('a value that is read once and used by both sides of a branch is refused although one side runs', () => {
  const sides = {
    c: ({ which }: { which: string }) => which,
    g: function* () {
      yield 1;
    },
    x: ({ g }: { g: Iterable<number> }) => [...g, 'x'],
    near: ({ g }: { g: Iterable<number> }) => [...g, 'y'],
    y: ({ near }: { near: unknown[] }) => near,
    b: branch('c', { x: 'x', y: 'y' }),
  };
  const driver = createDriver({ modules: [sides as never] }) as never as {
    run(outputs: string[], options: object): Promise<{ outputs: unknown; error?: unknown }>;
  };

  test.each(['x', 'y'])('side %s', async (which) => {
    const { outputs, error } = await driver.run(['b'], { inputs: { which } });
    expect(error).toBeUndefined();
    expect(outputs).toEqual({ b: [1, which] });
  });

  test('not when a side is wanted besides, or a third node reads it', async () => {
    expect((await driver.run(['b', 'x'], { inputs: { which: 'y' } })).error).toMatchObject(twice);
    expect((await driver.run(['b', 'g'], { inputs: { which: 'y' } })).error).toMatchObject(twice);
  });

  test('nor when a side reads it twice, or what chooses reads it', async () => {
    const reading = createDriver({
      modules: [{ ...sides, c: ({ g }: { g: Iterable<number> }) => `${[...g].length}` } as never],
    });
    expect((await reading.run(['b' as never])).error).toMatchObject(twice);
  });

  test('sides within sides', async () => {
    const inner = {
      ...sides,
      z: ({ g }: { g: Iterable<number> }) => [...g, 'z'],
      outer: branch('d', { b: 'b', z: 'z' }),
    };
    const nested = createDriver({ modules: [inner as never] });
    for (const [d, which] of [
      ['b', 'x'],
      ['b', 'y'],
      ['z', 'x'],
    ]) {
      const { outputs } = await nested.run(['outer' as never], { inputs: { d, which } as never });
      expect(outputs).toEqual({ outer: [1, d === 'z' ? 'z' : which] });
    }
  });
});
