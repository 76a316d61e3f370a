/** A branch runs the chosen side and nothing else. */
import { describe, expect, test } from 'vitest';
import { branch, collect, createDriver, node, parallelizable } from '../index.js';

function sidesIn(ran: string[], later: <T>(value: T) => T) {
  const side = (name: string, from: string) =>
    node({ inputs: [from] }, (value: unknown) => {
      ran.push(name);
      return later(`${name}(${String(value)})`);
    });
  return { side };
}

describe.each(['synchronous', 'asynchronous'])('%s nodes', (kind) => {
  const later = <T>(value: T): T => (kind === 'asynchronous' ? (Promise.resolve(value) as T) : value);
  const ran: string[] = [];
  const { side } = sidesIn(ran, later);
  const m = {
    size: ({ rows }: { rows: number }) => later(rows > 10 ? 'large' : 'small'),
    left: side('left', 'leftData'),
    leftData: side('leftData', 'rows'),
    right: side('right', 'rightData'),
    rightData: side('rightData', 'rows'),
    summary: branch('size', { small: 'left', large: 'right' }),
    title: ({ summary }: { summary: unknown }) => later(`title of ${String(summary)}`),
  };
  const driver = createDriver({ modules: [m] });
  const run = async (rows: number) => {
    ran.length = 0;
    return driver.run(['title'], { inputs: { rows } });
  };

  test('only the chosen side runs, with what it needs', async () => {
    expect((await run(1)).outputs).toEqual({ title: 'title of left(leftData(1))' });
    expect(ran).toEqual(['leftData', 'left']);
    const report = await run(20);
    expect(report.outputs).toEqual({ title: 'title of right(rightData(20))' });
    expect(ran).toEqual(['rightData', 'right']);
    expect(report.nodes).toMatchObject({
      right: { status: 'success' },
      left: { status: 'not-chosen' },
      leftData: { status: 'not-chosen' },
    });
  });

  test('a side that is asked for runs anyway', async () => {
    ran.length = 0;
    const result = await driver.execute(['summary', 'right'], { inputs: { rows: 1 } });
    expect(result).toEqual({ summary: 'left(leftData(1))', right: 'right(rightData(1))' });
    expect([...ran].sort()).toEqual(['left', 'leftData', 'right', 'rightData']);
  });

  test('two branches share what both chosen sides need, and it runs only when one of them does', async () => {
    const shared = {
      mode: ({ fast }: { fast: boolean }) => later(fast),
      exactData: side('exactData', 'rows'),
      exactModel: side('exactModel', 'exactData'),
      exactScore: side('exactScore', 'exactData'),
      quick: () => later('quick'),
      model: branch('mode', { true: 'quick', false: 'exactModel' }),
      score: branch('mode', { true: 'quick' }, { otherwise: 'exactScore' }),
    };
    const both = createDriver({ modules: [shared] });
    ran.length = 0;
    expect(await both.execute(['model', 'score'], { inputs: { fast: true, rows: 1 } })).toEqual({
      model: 'quick',
      score: 'quick',
    });
    expect(ran).toEqual([]);
    await both.execute(['model', 'score'], { inputs: { fast: false, rows: 1 } });
    expect([...ran].sort()).toEqual(['exactData', 'exactModel', 'exactScore']);
  });

  test('branches nest, and one may be chosen by another', async () => {
    const nested = {
      a: branch('first', { x: 'b', y: 'c' }),
      b: branch('second', { '1': 'one', '2': 'two' }),
      c: () => later('c'),
      one: () => later('1 of b'),
      two: () => later('2 of b'),
      d: branch('a', { c: 'one' }, { otherwise: 'two' }),
    };
    const deep = createDriver({ modules: [nested] });
    expect(await deep.execute(['a', 'd'], { inputs: { first: 'x', second: 2 } })).toEqual({
      a: '2 of b',
      d: '2 of b',
    });
    expect(await deep.execute(['a', 'd'], { inputs: { first: 'y', second: 2 } })).toEqual({
      a: 'c',
      d: '1 of b',
    });
  });

  test('each item of a fan-out chooses for itself', async () => {
    ran.length = 0;
    const items = {
      n: node(() => [1, 2, 3], parallelizable()),
      parity: ({ n }: { n: number }) => later(n % 2),
      odd: side('odd', 'n'),
      even: side('even', 'n'),
      named: branch('parity', { 0: 'even', 1: 'odd' }),
      all: node(({ named }: { named: unknown[] }) => named, collect('named')),
    };
    expect(await createDriver({ modules: [items] }).execute(['all'])).toEqual({
      all: ['odd(1)', 'even(2)', 'odd(3)'],
    });
    expect([...ran].sort()).toEqual(['even', 'odd', 'odd']);
  });

  test('a whole fan-out may be a side', async () => {
    ran.length = 0;
    const items = {
      n: node(() => (ran.push('n'), [1, 2]), parallelizable()),
      x: ({ n }: { n: number }) => later(n),
      sum: node(({ x }: { x: number[] }) => x.length, collect('x')),
      none: () => 0,
      result: branch('wanted', { true: 'sum', false: 'none' }),
    };
    const driverOfItems = createDriver({ modules: [items] });
    expect(await driverOfItems.execute(['result'], { inputs: { wanted: false } })).toEqual({ result: 0 });
    expect(ran).toEqual([]);
    expect(await driverOfItems.execute(['result'], { inputs: { wanted: true } })).toEqual({ result: 2 });
  });
});

test('a failing side fails the branch only where it is chosen', async () => {
  const m = {
    good: () => 'good',
    bad: (): string => {
      throw new Error('bad side');
    },
    chosen: branch('which', { good: 'good', bad: 'bad' }),
  };
  const driver = createDriver({ modules: [m] });
  const options = { inputs: { which: 'good' as const }, onError: 'continue' as const };
  const report = await driver.run(['chosen', 'bad'], options);
  expect(report.nodes).toMatchObject({ chosen: { status: 'success' }, bad: { status: 'failed' } });
  const failing = await driver.run(['chosen'], { ...options, inputs: { which: 'bad' } });
  expect(failing.nodes).toMatchObject({ chosen: { status: 'skipped', because: 'bad' } });
});

test('a value without a case fails the branch and says which there are', async () => {
  const m = { a: () => 1, chosen: branch('which', { a: 'a' }) };
  const driver = createDriver({ modules: [m] });
  await expect(driver.execute(['chosen'], { inputs: { which: 'b' as never } })).rejects.toMatchObject({
    node: 'chosen',
    cause: {
      code: 'FP_NO_BRANCH',
      message: "There is no case for 'b'.",
      hint: expect.stringContaining('a.'),
    },
  });
});

test('a branch is a function: it gives the chosen input, and may be overridden like any node', () => {
  const chosen = branch('which', { a: 'one', b: 'two' });
  expect(chosen({ which: 'b', one: 1, two: 2 })).toBe(2);
  const driver = createDriver({ modules: [{ chosen, one: () => 1, two: () => 2 }] });
  expect(driver.executeSync(['chosen'], { overrides: { chosen: 2 } })).toEqual({ chosen: 2 });
  expect(driver.executeSync(['chosen'], { inputs: { which: 'a' } })).toEqual({ chosen: 1 });
});

test('a chain of 10,000 branches runs without recursion', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `b${index}`);
  const m: Record<string, unknown> = { end: () => 'end' };
  for (const [index, name] of names.entries()) m[name] = branch('go', { true: names[index + 1] ?? 'end' });
  expect(createDriver({ modules: [m as object] }).executeSync(['b0'], { inputs: { go: true } })).toEqual({
    b0: 'end',
  });
});
