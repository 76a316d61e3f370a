/** Failures that the cache took for one another. Each test has the name of a fault. */
import { expect, test } from 'vitest';
import { copyValue } from '../cache/copy-value.js';
import {
  collect,
  createDriver,
  DataValidationError,
  fingerprint,
  FlowerPowerError,
  isFlowerPowerError,
  memoryCacheStore,
  node,
  NodeExecutionError,
  parallelizable,
} from '../index.js';

type Rejected = { readonly reason: NodeExecutionError };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** What a collector reads of a failure, in three runs in which other errors are thrown. */
function readOf(thrown: readonly unknown[], read: (reason: NodeExecutionError) => unknown) {
  const left = [...thrown];
  const m = {
    items: node(() => ['a'], parallelizable()),
    failing: ({ items: _item }: { items: string }): string => {
      throw left.shift();
    },
    seen: node(
      ({ failing }: { failing: readonly PromiseSettledResult<string>[] }) =>
        read((failing[0] as Rejected).reason),
      collect('failing', { onItemError: 'collect' }),
    ),
  };
  const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() }, log: quiet });
  return {
    values: thrown.map(() => driver.executeSync(['seen']).seen),
    outcome: () => driver.cache.explain(['seen'])[0]!.outcome,
  };
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number) {
    super('refused');
    this.status = status;
  }
}
class Derived extends FlowerPowerError {
  readonly #status: number;
  constructor(status: number) {
    super({ code: 'FP_X', message: 'same' });
    this.#status = status;
  }
  get status() {
    return this.#status;
  }
}
const same = { code: 'FP_X', message: 'same' } as const;
const causeOf = (reason: NodeExecutionError) => reason.cause as never;

test.each<[string, (n: number) => unknown, (reason: NodeExecutionError) => unknown]>([
  ['the code of a cause', (n) => Object.assign(new Error('no'), { code: n }), (e) => causeOf(e)['code']],
  ['a field of a class', (n) => new Refusal(n), (e) => causeOf(e)['status']],
  ['a private field', (n) => new Derived(n), (e) => causeOf(e)['status']],
  ['a thrown record', (n) => ({ n }), (e) => causeOf(e)['n']],
  ['the errors of an aggregate', (n) => new AggregateError([n], 'no'), (e) => causeOf(e)['errors'][0]],
  ['the cause of a cause', (n) => new Error('no', { cause: n }), (e) => causeOf(e)['cause']],
  ['a context', (n) => new FlowerPowerError({ ...same, context: { n } }), (e) => causeOf(e)['context']['n']],
  ['a hint', (n) => new FlowerPowerError({ ...same, hint: `${n}` }), (e) => Number(e.hint)],
  ['a cause of its own', (n) => new FlowerPowerError({ ...same, cause: n }), (e) => causeOf(e)['cause']],
  [
    'a place',
    (n) => new FlowerPowerError({ ...same, places: [{ file: 'a', line: n }] }),
    (e) => causeOf(e)['places'][0]['line'],
  ],
  [
    'problems',
    (n) => new FlowerPowerError({ ...same, problems: [{ ...same, places: [{ file: 'a', line: n }] }] }),
    (e) => causeOf(e)['problems'][0]['places'][0]['line'],
  ],
])('two failures that differ in %s', (_, make, read) => {
  expect(readOf([1, 2, 1].map(make), read).values).toEqual([1, 2, 1]);
});

test('two failures of one message for inputs of another shape', () => {
  const lists = [[1], [1, 2]];
  const m = {
    items: node(() => [lists.shift()!], parallelizable()),
    failing: ({ items: _item }: { items: number[] }): string => {
      throw 'no';
    },
    seen: node(
      ({ failing }: { failing: readonly PromiseSettledResult<string>[] }) =>
        (failing[0] as Rejected).reason.inputs['items'],
      collect('failing', { onItemError: 'collect' }),
    ),
  };
  const driver = createDriver({
    modules: [m],
    cache: { store: memoryCacheStore(), recompute: ['items'] },
    log: quiet,
  });
  const runs = [1, 2].map(() => driver.executeSync(['seen']).seen);
  expect(runs).toEqual(['Array(1)', 'Array(2)']);
});

test('the very same failure is still found', () => {
  const thrown = new Error('no');
  const { values, outcome } = readOf([thrown, thrown, thrown], ({ node: name }) => name);
  expect(values).toEqual(['failing', 'failing', 'failing']);
  expect(outcome()).toBe('hit');
});

test('an error as an input counts by its context', () => {
  const m = { seen: ({ e }: { e: FlowerPowerError }) => e.context['n'] };
  const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() } });
  const run = (n: number) =>
    driver.executeSync(['seen'], { inputs: { e: new FlowerPowerError({ ...same, context: { n } }) } }).seen;
  expect([1, 2].map(run)).toEqual([1, 2]);
});

test('a class that is derived from an error of FlowerPower says what it stands for, or has no fingerprint', () => {
  expect(fingerprint(new Derived(1))).toEqual({
    uncacheable: 'the value is an instance of the class Derived, which does not say what it stands for',
  });
});

test('a copy of an error of FlowerPower is one, and shares nothing with it', () => {
  const place = { file: 'a.ts', line: 1 };
  const result = { check: 'c', message: 'm' } as never;
  for (const error of [
    new FlowerPowerError({ ...same, context: { list: [1] }, cause: new Error('inner') }),
    new DataValidationError('a', [result], place),
  ]) {
    const copy = copyValue(error) as FlowerPowerError;
    expect(copy).not.toBe(error);
    expect(copy).toBeInstanceOf(error.constructor);
    expect(isFlowerPowerError(copy)).toBe(true);
    expect(copy.context).not.toBe(error.context);
    expect(Reflect.ownKeys(copy).toSorted(byText)).toEqual(Reflect.ownKeys(error).toSorted(byText));
    expect(Object.keys(copy)).toEqual(Object.keys(error));
    expect(fingerprint(copy)).toEqual(fingerprint(error));
  }
});

function byText(a: PropertyKey, b: PropertyKey): number {
  return String(a).localeCompare(String(b));
}
