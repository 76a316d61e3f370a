import { expectTypeOf } from 'vitest';
import {
  checkOutput,
  collect,
  createDriver,
  extractFields,
  group,
  inject,
  mutate,
  noNaNs,
  node,
  notNull,
  parallelizable,
  parameterize,
  pipeInput,
  pipeOutput,
  resolve,
  source,
  step,
  tag,
  when,
} from '../../index.js';

const double = (x: number) => 2 * x;
const add = (x: number, by: number) => x + by;
const text = async (x: number) => String(x);
const scale = ({ x, by, unit = 'm' }: { x: number; by: number; unit?: string }) => `${x * by} ${unit}`;
const total = ({ x, y }: { x: number; y: number }) => x + y;
const length = (given: string) => given.length;

export function outputs() {
  const driver = createDriver({
    modules: [
      {
        a: node(async () => 1, pipeOutput(step(double).named('twice'), step(text).named('label'))),
        b: node(() => 1, pipeOutput(step(text).when({ k: 1 }).named('text').namespaced('shared'))),
        c: node(
          total,
          parameterize({ low: { y: 1 }, high: { y: 2 } }),
          pipeOutput(
            step(text).named('label').on('low'),
            step(double).named('free').namespaced(null).on('high'),
          ),
        ),
        d: node(() => ({ e: 1 }), extractFields('e'), pipeOutput(step(text).named('t'), { on: 'e' })),
        f__x: node(() => 1, pipeOutput(step(double).named('t')), when({ k: 1 }), checkOutput(noNaNs())),
        g: node(() => 1, pipeOutput(step(double)), pipeOutput(step(scale).into('x', { by: source('rate') }))),
        h: node(() => 2, pipeOutput(step(add, source('more')), step(Math.round), step(Math.max, 4))),
      },
    ],
  });
  const all = driver.executeSync(
    [
      'a',
      'a.raw',
      'a.twice',
      'a.label',
      'b',
      'shared.text',
      'low',
      'high',
      'low.label',
      'high.free',
      'low.raw',
      'e',
      'e.raw',
      'e.t',
      'd',
      'f',
      'f.raw',
      'f.t',
      'f_raw',
      'g',
      'h',
    ],
    { inputs: { rate: 2, more: 3, x: 1 } },
  );
  expectTypeOf(all.a).toEqualTypeOf<string>();
  expectTypeOf(all['a.raw']).toEqualTypeOf<number>();
  expectTypeOf(all['a.twice']).toEqualTypeOf<number>();
  expectTypeOf(all.b).toEqualTypeOf<string | number>();
  expectTypeOf(all['shared.text']).toEqualTypeOf<string>();
  expectTypeOf(all.low).toEqualTypeOf<string>();
  expectTypeOf(all.high).toEqualTypeOf<number>();
  expectTypeOf(all['high.free']).toEqualTypeOf<number>();
  expectTypeOf(all.e).toEqualTypeOf<string>();
  expectTypeOf(all['e.raw']).toEqualTypeOf<number>();
  expectTypeOf(all.d).toEqualTypeOf<{ e: number }>();
  expectTypeOf(all.g).toEqualTypeOf<string>();
  // @ts-expect-error the compiler cannot see the names of functions
  driver.executeSync(['g.with_double']);
  // @ts-expect-error a source of a step has the type of its parameter
  driver.executeSync(['g'], { inputs: { rate: 'two' } });
  // @ts-expect-error what a step is bound to is not an input
  driver.executeSync(['g'], { inputs: { by: 2 } });
}

export function inputs() {
  const driver = createDriver({
    modules: [
      {
        a: node(total, pipeInput(step(length).named('size'), step(add, source('rate')), { on: 'x' })),
        b: node(({ z }: { z: number }) => z, pipeInput(step(Number.parseFloat).named('parsed'))),
        c: node(
          ({ u, v }: { u: number; v?: number }) => u + (v ?? 0),
          pipeInput(step(double).on('u', 'v').named('twice'), step(add, 1).on('u')),
        ),
        d: node(total, pipeInput(step(double).when({ k: 1 }), { on: 'y' }), inject({ y: source('gross') })),
        e: node(total, inject({ x: source('net'), y: 1 }), pipeInput(step(length), { on: 'net' })),
        f: node((a: number, b: number) => a - b, pipeInput(step(double))),
        g: node(total, parameterize({ p: { y: 1 }, q: { y: 2 } }), pipeInput(step(double).named('s'))),
      },
    ],
  });
  driver.executeSync(['a', 'a.size', 'b.parsed', 'd', 'e', 'f', 'p.s', 'q.s'], {
    // @ts-expect-error the first step takes a text
    inputs: { net: 4 },
  });
  driver.executeSync(['e', 'd'], { inputs: { net: 'four', gross: 3, rate: 1, z: '1' } });
  // @ts-expect-error the step takes a number
  driver.executeSync(['a'], { inputs: { rate: '1' } });
}

export function conditional() {
  const driver = createDriver({
    modules: [{ f: node(total, pipeInput(step(length).when({ k: 1 }), { on: 'x' })) }],
  });
  // @ts-expect-error the step may be left out, and then the function gets the text
  driver.executeSync(['f'], { inputs: { x: 'a' } });
}

export function items() {
  const driver = createDriver({
    modules: [
      {
        item: node(() => [1, 2], parallelizable(), pipeOutput(step(text).named('t'))),
        size: ({ item }: { item: string }) => item.length,
        sum: node(
          ({ size, bonus }: { size: number[]; bonus: number }) => size.length + bonus,
          collect('size'),
          pipeInput(step((all: number[]) => all.slice(1)).named('rest'), { on: 'size' }),
        ),
      },
    ],
  });
  const made = driver.executeSync(['item', 'item.t', 'item.raw', 'sum', 'sum.rest', 'size']);
  expectTypeOf(made.item).toEqualTypeOf<string[]>();
  expectTypeOf(made['item.t']).toEqualTypeOf<string[]>();
  expectTypeOf(made['item.raw']).toEqualTypeOf<number[]>();
  expectTypeOf(made.size).toEqualTypeOf<number[]>();
  expectTypeOf(made.sum).toEqualTypeOf<number>();
  expectTypeOf(made['sum.rest']).toEqualTypeOf<number[]>();
  const lengthOf = (all: { size: number[] }) => all.size.length;
  const texts = step((all: string[]) => all);
  // @ts-expect-error the step gives texts, not the numbers that are collected
  node(lengthOf, collect('size'), pipeInput(texts));
}

const numbered = node(() => 1, pipeOutput(step(double)));
const spoken = () => 'a';

export function mutations() {
  const m = {
    numbered,
    spoken,
    more: mutate(step(add, source('extra')).named('more'), { numbered }),
    loud: mutate(step((s: string) => s.toUpperCase()).named('loud'), { spoken }),
    count: mutate(step(length).named('count'), { spoken }),
  };
  const driver = createDriver({ modules: [m] });
  const made = driver.executeSync(['numbered', 'numbered.more', 'spoken.loud', 'spoken.raw', 'spoken'], {
    inputs: { extra: 1 },
  });
  expectTypeOf(made.numbered).toEqualTypeOf<number>();
  expectTypeOf(made['spoken.raw']).toEqualTypeOf<string>();
  expectTypeOf(made.spoken).toEqualTypeOf<string | number>();
  // @ts-expect-error a mutation is not a node
  driver.executeSync(['more']);
  // @ts-expect-error what the step takes is a number
  driver.executeSync(['numbered'], { inputs: { extra: 'one' } });
}

export function resolved() {
  const driver = createDriver({
    modules: [
      {
        a: node(
          total,
          resolve(['n'], ({ n }) => parameterize({ one: { y: Number(n) } })),
          tag({ k: 'v' }),
        ),
        b: node(
          () => 1,
          resolve(['unit'], ({ unit }) => (unit === 'text' ? pipeOutput(step(text).named('t')) : undefined)),
          resolve(['ok'], ({ ok }) => (ok === true ? checkOutput(notNull()) : undefined)),
        ),
      },
    ],
  });
  const made = driver.executeSync(['one', 'b', 'b.t', 'b_notNull'], { inputs: { x: 1 } });
  expectTypeOf(made.one).toEqualTypeOf<number>();
  expectTypeOf(made.b).toEqualTypeOf<number | string>();
  // @ts-expect-error the chosen modifier replaces the node
  driver.executeSync(['a']);
}

// Formatted apart, so that every error stands in the line below its comment.
const typed = step(scale);
export const wrongSteps = [
  // @ts-expect-error another type
  step(add, 'one'),
  // @ts-expect-error an argument is missing
  step(add),
  // @ts-expect-error there are too many
  step(double, 1),
  // @ts-expect-error it takes no value
  step(() => 1),
  // @ts-expect-error a list is not a number
  step(add, group(1, 2)),
  // @ts-expect-error no such parameter
  typed.into('z'),
  // @ts-expect-error 'by' is missing
  typed.into('x'),
  // @ts-expect-error no such parameter to bind
  typed.into('x', { by: 1, bz: 2 }),
  // @ts-expect-error another type
  typed.into('x', { by: 'one' }),
];

const number = () => 1;
const small = step(double);
const size = step(length);
export const wrongPipes = [
  // @ts-expect-error the value is not a text
  node(number, pipeOutput(size)),
  // @ts-expect-error the second step takes a number
  node(number, pipeOutput(step(text), small)),
  // @ts-expect-error where the condition does not hold it is still a number
  node(number, pipeOutput(step(text).when({ k: 1 }), size)),
  // @ts-expect-error the function takes the inputs of `scale`, not a number
  node(number, pipeOutput(step(scale))),
  // @ts-expect-error no step
  node(number, pipeOutput()),
  // @ts-expect-error no parameter
  node(number, pipeInput(small)),
  // @ts-expect-error which parameter?
  node(total, pipeInput(small)),
  // @ts-expect-error no such parameter
  node(total, pipeInput(small, { on: 'z' })),
  // @ts-expect-error the step gives a text
  node(total, pipeInput(step(text), { on: 'x' })),
  // @ts-expect-error the step does not take a text
  mutate(small, { spoken }),
];
