/** Names within sub-graphs. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import {
  checkOutput,
  createDriver,
  inRange,
  node,
  parameterizedSubdag,
  pipeInput,
  step,
  subdag,
} from '../index.js';

describe('a parameter of a sub-graph that is named like its own node is called a circle', () => {
  const priced = { net: ({ gross }: { gross: number }) => gross / 1.25 };
  const round = ({ net }: { net: number }) => Math.round(net);
  const inputs = { gross: 10.2 };

  test('subdag', () => {
    const m = { net: node(round, subdag({ modules: [priced] })) };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['net', 'net.net' as never], { inputs })).toEqual({ net: 8, 'net.net': 8.16 });
  });

  test('with a namespace', () => {
    const m = { net: node(round, subdag({ modules: [priced], namespace: 'inner' })) };
    expect(createDriver({ modules: [m] }).executeSync(['net'], { inputs })).toEqual({ net: 8 });
  });

  test('among other modifiers', () => {
    const double = (given: number) => 2 * given;
    const m = {
      net: node(
        round,
        pipeInput(step(double)),
        checkOutput(inRange(0, 100), { importance: 'fail' }) as never,
        subdag({ modules: [priced] }) as never,
      ),
    };
    expect(createDriver({ modules: [m as never] }).executeSync(['net' as never], { inputs })).toEqual({
      net: 16,
    });
  });

  test('parameterizedSubdag', () => {
    const m = {
      all: node(round, parameterizedSubdag({ modules: [priced], outputs: { net: {}, other: {} } })),
    };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['net', 'other'], { inputs })).toEqual({ net: 8, other: 8 });
  });

  test('a real circle is still one', () => {
    const m = {
      net: node(
        ({ tax }: { tax: number }) => tax,
        subdag({ modules: [{ tax: ({ net }: { net: number }) => net }] }),
      ),
    };
    expect(() => createDriver({ modules: [m as never] })).toThrow(
      expect.objectContaining({ code: 'FP_CYCLE' }),
    );
  });
});
