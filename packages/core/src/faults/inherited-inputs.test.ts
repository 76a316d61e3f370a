/** Inputs that are not read. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import { createDriver } from '../index.js';

describe('inputs and overrides that are inherited are dropped, and the default is used', () => {
  class In {
    get x() {
      return 5;
    }
  }
  const driver = createDriver({ modules: [{ a: ({ x = 0 }: { x?: number }) => x }] });
  test.each<[string, object]>([
    ['a getter of a class', new In()],
    ['an object that stands behind', Object.create({ x: 5 }) as object],
    ['both', Object.assign(Object.create({ x: 5 }) as object, { x: 1 })],
  ])('%s', (_, given) => {
    for (const option of ['inputs', 'overrides']) {
      const run = () => driver.executeSync(['a'], { [option]: given });
      expect(run).toThrow(expect.objectContaining({ code: 'FP_BAD_OPTION' }));
      expect(run).toThrow(`${option} must be a plain object of values by name`);
    }
  });

  test('objects without a prototype are read', () => {
    const inputs = Object.assign(Object.create(null) as object, { x: 5 });
    expect(driver.executeSync(['a'], { inputs })).toEqual({ a: 5 });
  });
});
