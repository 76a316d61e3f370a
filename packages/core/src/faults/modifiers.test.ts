/** SEMANTICS §6.7: modifiers whose order is ignored, or that do not stack. Each test has the name of a fault. */
import { expect, test } from 'vitest';
import {
  checkOutput,
  collect,
  createDriver,
  extractFields,
  inject,
  inRange,
  node,
  notNull,
  parallelizable,
  parameterize,
  pipeInput,
  pipeOutput,
  source,
  step,
  tag,
  value,
  when,
} from '../index.js';

const double = (n: number) => n * 2;

test('#57 the order that is written is ignored', () => {
  const base = () => 4;
  const names = (definition: unknown) => {
    const driver = createDriver({ modules: [{ n: definition } as { n: () => number }] });
    return { n: driver.executeSync(['n']).n, nodes: driver.plan(['n']).nodes };
  };
  const checkedFirst = names(
    node(base, checkOutput(inRange(0, 5), { importance: 'fail' }), pipeOutput(step(double))),
  );
  const checkedLast = () =>
    names(node(base, pipeOutput(step(double)), checkOutput(inRange(0, 5), { importance: 'fail' })));
  expect(checkedFirst.n).toBe(8);
  expect(checkedLast).toThrow('8 is not between 0 and 5');
});

test('#160 inject and parameterize cannot be stacked', () => {
  const f = ({ rows, scale }: { rows: number[]; scale: number }) => rows.length * scale;
  const m = {
    f: node(
      f,
      inject({ rows: source('prices') }),
      parameterize({ one: { scale: 1 }, ten: { scale: value(10) } }),
    ),
  };
  expect(createDriver({ modules: [m] }).executeSync(['one', 'ten'], { inputs: { prices: [1, 2] } })).toEqual({
    one: 2,
    ten: 20,
  });
});

test('#748 inject and pipe cannot be stacked', () => {
  const f = ({ n }: { n: number }) => n + 1;
  const m = { f: node(f, inject({ n: source('given') }), pipeInput(step(double))) };
  expect(createDriver({ modules: [m] }).executeSync(['f'] as never, { inputs: { given: 5 } })).toEqual({
    f: 11,
  });
});

test('#950 check_output twice: cannot define function X_raw more than once', () => {
  const m = {
    n: node(
      () => 4,
      checkOutput(inRange(0, 5), { importance: 'fail' }),
      checkOutput(notNull(), { importance: 'fail' }),
    ),
  };
  expect(createDriver({ modules: [m] }).executeSync(['n'])).toEqual({ n: 4 });
});

test('§6.7 extract after expand is not possible', () => {
  const stats = ({ scale }: { scale: number }) => ({ mean: scale, sum: scale * 2 });
  const m = {
    stats: node(stats, parameterize({ a: { scale: 1 }, b: { scale: 10 } }), extractFields('mean', 'sum')),
  };
  expect(createDriver({ modules: [m] }).executeSync(['a.mean', 'b.sum'] as never)).toEqual({
    'a.mean': 1,
    'b.sum': 20,
  });
});

test.each(['synchronous', 'asynchronous'])('#93, #903, #1193 decorators break %s functions', async (kind) => {
  const later = <T>(of: T): T => (kind === 'asynchronous' ? (Promise.resolve(of) as T) : of);
  const m = {
    n: node(
      () => later(4),
      pipeOutput(step((n: number) => later(n * 2))),
      checkOutput(inRange(0, 9), { importance: 'fail' }),
    ),
    f: node(
      ({ n }: { n: number }) => later({ a: n, b: -n }),
      extractFields('a', 'b'),
      tag({ owner: 'test' }),
    ),
    g: node(
      ({ x }: { x: number }) => later(x),
      inject({ x: source('a') }),
      pipeInput(step((x: number) => later(x + 1))),
    ),
  };
  expect(await createDriver({ modules: [m] }).execute(['n', 'a', 'b', 'g'] as never)).toEqual({
    n: 8,
    a: 8,
    b: -8,
    g: 9,
  });
});

test('modifiers and fan-outs exclude each other', async () => {
  const m = {
    part__small: node(() => [1, 2], when({ size: 'small' }), parallelizable()),
    part__large: node(() => [1, 2, 3], when({ size: 'large' }), parallelizable()),
    scaled: node(
      async ({ part, by }: { part: number; by: number }) => ({ value: part * by }),
      parameterize({ tens: { by: 10 }, hundreds: { by: 100 } }),
      extractFields('value'),
    ),
    checked: node(
      ({ n }: { n: number }) => n,
      inject({ n: source('tens.value') }),
      checkOutput(inRange(0, 30)),
    ),
    all: node(
      ({ checked }: { checked: number[] }) => checked,
      collect('checked'),
      pipeOutput(step((all: number[]) => all.join())),
    ),
  };
  expect(await createDriver({ modules: [m], config: { size: 'large' } }).execute(['all'] as never)).toEqual({
    all: '10,20,30',
  });
});
