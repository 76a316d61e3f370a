import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pipeline, setUp } from '../__fixtures__/set-up.js';
import { createLogLimits, maxLineBytes, maxNodeLines } from './log-limits.js';

const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

test('a line of any text and fields stays below its limit, and a short one stays as it is', () => {
  const text = fc.oneof(
    fc.string(),
    fc.integer({ min: 0, max: 40_000 }).map((length) => '\u0001'.repeat(length)),
    fc.integer({ min: 0, max: 80_000 }).map((length) => '語'.repeat(length)),
    fc.integer({ min: 0, max: 80_000 }).map((length) => 'x'.repeat(length)),
  );
  fc.assert(
    fc.property(text, fc.option(text), (msg, field) => {
      const line = { msg, fields: field === null ? {} : { field } };
      const fitting = createLogLimits().take('a', 1, line)!;
      expect(sizeOf(fitting)).toBeLessThan(maxLineBytes - 1024);
      if (sizeOf(line) < 8000) expect(fitting).toEqual(line);
    }),
  );
});

test('what was cut is said', () => {
  const { msg } = createLogLimits().take('a', 1, { msg: 'x'.repeat(100_000), fields: {} })!;
  expect(msg).toMatch(/^x+ … \d+ characters dropped$/);
  const many = createLogLimits().take('a', 1, { msg: 'short', fields: { x: 'y'.repeat(60_000) } })!;
  expect(many).toEqual({ msg: 'short', fields: { dropped: '60008 bytes of fields' } });
});

describe('a node that never stops talking', () => {
  test('is cut off at its limit, and at the end of the run a line says how many there were', async () => {
    const { runner, events, logs } = await setUp();
    const talk = (ctx: { log: { info(text: string): void } }) => {
      for (let index = 0; index < maxNodeLines + 5; index++) ctx.log.info(`line ${index}`);
    };
    await runner.run(pipeline({ talk, quiet: (ctx: Parameters<typeof talk>[0]) => ctx.log.info('one') }));
    const told = events.filter(({ type }) => type === 'log');
    expect(told).toHaveLength(maxNodeLines + 2);
    expect(told.at(-1)).toMatchObject({ level: 'WARNING', msg: '… 5 lines dropped', node: 'talk' });
    expect(events.at(-1)?.type).toBe('run.finished');
    // The log itself is whoever's who gave it.
    expect(logs).toHaveLength(maxNodeLines + 6);
  });
});
