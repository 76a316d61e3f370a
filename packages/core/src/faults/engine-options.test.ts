/** An engine that checks its options says what is wrong with them, and one without that part what it cannot go on with. */
import { describe, expect, test } from 'vitest';
import { adaptersPart, createEngine, fanOutPart, inspectionPart, optionChecksPart } from '../index.js';

const m = { a: () => 1, b: ({ a }: { a: number }) => a + 1 };
type Call = (options?: unknown) => {
  readonly [call: string]: (outputs?: unknown, options?: unknown) => unknown;
};
const create = createEngine as unknown as Call;
const checked = (options: object = {}) =>
  create({ modules: [m], parts: [optionChecksPart(), inspectionPart()], ...options });

function refusal(name: string, code = 'FP_BAD_OPTION'): Error {
  return expect.objectContaining({ code, message: expect.stringContaining(name) }) as Error;
}

describe('options of an engine', () => {
  test.each([
    [{ modules: undefined }, 'modules'],
    [{ modules: [null] }, 'modules[0]'],
    [{ confg: { k: 1 } }, "'confg'"],
    [{ config: null }, 'config'],
    [{ maxConcurrency: 0 }, 'maxConcurrency'],
    [{ log: {} }, 'log'],
    [{ resources: [] }, 'resources'],
    [{ allowModuleOverrides: 'yes' }, 'allowModuleOverrides'],
    [{ params: {} }, "'params'"],
    [{ parts: [optionChecksPart(), [fanOutPart()]] }, 'parts'],
  ])('%j', (options, name) => expect(() => checked(options)).toThrow(refusal(name)));

  test('every fault is reported', () => {
    const build = () => checked({ confg: {}, maxConcurrency: 0, log: null, modules: [null, m, null] });
    expect(build).toThrow(/: 5 problems[^]*modules\[0\][^]*modules\[2\][^]*'confg'[^]*maxConcurrency[^]*log/);
  });

  test('what fits is used', () => {
    const log = console;
    const engine = checked({
      config: { a: 3 },
      maxConcurrency: 2,
      log,
      resources: {},
      allowModuleOverrides: false,
    });
    expect(engine['executeSync']!(['b'], { onError: 'continue', attempt: 2, runId: 'x' })).toEqual({ b: 4 });
  });
});

describe.each(['execute', 'executeSync', 'run', 'runSync', 'plan', 'validateExecution'])('%s', (call) => {
  test.each([
    ['b', undefined, 'outputs'],
    [['a', 5], undefined, 'outputs[1] must be the name of a node'],
    [['b'], null, 'options'],
    [['b'], { inputs: null }, 'inputs'],
    [['b'], { overrides: { a: 2 }, onError: 'contnue' }, 'onError'],
    [['b'], { maxConcurrency: 0 }, 'maxConcurrency'],
    [['b'], { onErorr: 'continue' }, "'onErorr'"],
    // Nobody would use them.
    [['b'], { adapters: [] }, "'adapters'"],
  ])('%j %j', async (outputs, options, name) => {
    await expect((async () => checked()[call]!(outputs, options))()).rejects.toThrow(refusal(name));
  });

  test('what a part takes is an option, and looked at', async () => {
    const engine = checked({ parts: [adaptersPart(), inspectionPart(), optionChecksPart()] });
    await engine[call]!(['b'], { adapters: [] });
    const wrong = async () => engine[call]!(['b'], { adapters: [null] });
    await expect(wrong()).rejects.toThrow(refusal('adapters[0]'));
  });
});

describe('without the part that checks options', () => {
  test.each([['x'], [[null]], [[undefined]], [{}], [[fanOutPart]], [[[fanOutPart()]]]])(
    'parts that are none are refused: %j',
    (parts) => expect(() => create({ modules: [m], parts })).toThrow(refusal('parts')),
  );

  test.each([0, Number.NaN, -1])(
    'a limit of %d is refused, with which nothing would ever end',
    (maxConcurrency) => {
      const limited = create({ modules: [m], maxConcurrency });
      expect(() => limited['executeSync']!(['b'])).toThrow(refusal('maxConcurrency'));
      expect(() => create({ modules: [m] })['executeSync']!(['b'], { maxConcurrency })).toThrow(
        refusal('maxConcurrency'),
      );
    },
  );
});
