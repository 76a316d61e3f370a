/** Messages that were as long as what they tell of: a circle of 20,000 nodes took 249 kB. */
import { describe, expect, test } from 'vitest';
import {
  boundedList,
  branch,
  createDriver,
  errorFromProblems,
  FlowerPowerError,
  lineList,
  nameList,
  node,
} from '../index.js';

const many = Array.from({ length: 5000 }, (_, index) => `node_number_${index}`);
const record = <T>(valueOf: (name: string, index: number) => T): Record<string, T> =>
  Object.fromEntries(many.map((name, index) => [name, valueOf(name, index)]));
const maxLength = 5000;

function errorOf(run: () => unknown): FlowerPowerError {
  try {
    run();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  return expect.fail('Nothing was thrown.');
}

const one = { one: () => 1 };
const faults: Readonly<Record<string, () => unknown>> = {
  'a circle': () =>
    createDriver({
      modules: [record((_, index) => node({ inputs: [many.at(index - 1)!] }, (x: unknown) => x))],
    }),
  'unknown keys of the configuration': () => createDriver({ modules: [one], config: record(() => 1) }),
  'unknown params': () => createDriver({ modules: [one], params: record(() => ({ x: 1 })) }),
  'nodes defined twice': () => createDriver({ modules: [record(() => () => 1), record(() => () => 2)] }),
  'unknown outputs': () => createDriver({ modules: [one] }).plan(many as never),
  'unknown inputs': () =>
    createDriver({ modules: [one] }).plan(['one'], { inputs: record(() => 1) as never }),
  'missing inputs': () =>
    createDriver({ modules: [{ all: node({ inputs: many }, (...all: number[]) => all.length) }] }).plan([
      'all',
    ]),
  'one missing input': () =>
    createDriver({ modules: [record(() => node({ inputs: ['x'] }, (x: number) => x))] }).plan(many),
  'an output that is not there': () =>
    createDriver({ modules: [record(() => () => 1)] }).plan(['zzz'] as never),
  'the parameters of a node': () =>
    createDriver({
      modules: [{ all: node({ inputs: many }, (...all: number[]) => all.length) }],
      params: { all: { zzz: 1 } },
    }),
  'the cases of a branch': () =>
    createDriver({
      modules: [
        {
          on: () => 'zzz',
          ...one,
          b: branch(
            'on',
            record(() => 'one'),
          ),
        },
      ],
    }).executeSync(['b']),
  'an iterator that all read': () =>
    createDriver({
      modules: [{ x: () => [1].values(), ...record(() => node({ inputs: ['x'] }, (x: unknown) => x)) }],
    }).executeSync(many as never),
};

describe.each(Object.keys(faults))('%s', (name) => {
  test('the message is short, says how many there are, and keeps every problem', () => {
    const { message, hint = '', problems, places } = errorOf(faults[name]!);
    expect(message.length + hint.length).toBeLessThan(maxLength);
    expect(`${message} ${hint}`).toMatch(/4,\d\d\d more/);
    expect([1, many.length]).toContain(Math.max(1, problems.length));
    expect(places.length).toBeLessThanOrEqual(2 * many.length);
  });
});

test('what lists names says how many it leaves out', () => {
  expect(nameList(['a', 'b'])).toBe("'a', 'b'");
  expect(nameList(many, 2)).toBe("'node_number_0', 'node_number_1' and 4,998 more");
  expect(boundedList(['a'.repeat(1000)])).toHaveLength(100);
  expect(lineList(many).split('\n').at(-1)).toBe('  and 4,980 more');
  const problems = many.map((name) => ({ code: 'FP_X' as const, message: name }));
  expect(errorFromProblems(problems, { code: 'FP_ALL', title: 'All' }).problems).toHaveLength(many.length);
});
