import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf, memoryIo } from '../../__fixtures__/memory-io.js';
import { yamlLoader } from './yaml-loader.js';
import { yamlSaver } from './yaml-saver.js';

describe('loading', () => {
  test('YAML 1.2 core: yes is a text, dates are texts, aliases are followed, an empty file is null', async () => {
    const load = async (content: string) => (await memoryIo(3).load(yamlLoader, content)).value;
    expect(await load('a: yes\nb: 2026-01-31\nc: &x [1]\nd: *x\n')).toEqual({
      a: 'yes',
      b: '2026-01-31',
      c: [1],
      d: [1],
    });
    expect(await load('')).toBeNull();
    const value = await load('__proto__: {admin: true}\n');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test.each([
    ['a: 1\nb: [1, 2\nc: 3\n', 3],
    ['a: 1\na: 2\n', 2],
    ['a: 1\nb: !custom 2\n', 2],
    ['a: !!binary aGVsbG8=\n', 1],
    ['a: 1\n---\nb: 2\n', 2],
    ['a: *nowhere\n', 1],
    ['a: "x\n', 2],
  ])('%j is refused at line %i', async (content, line) => {
    const error = await failureOf(memoryIo().load(yamlLoader, content));
    expect(error).toMatchObject({ code: 'FP_IO_PARSE' });
    expect((error['places'] as { line: number }[]).map((place) => place.line)).toContain(line);
  });

  test('all faults are reported together', async () => {
    const error = await failureOf(memoryIo().load(yamlLoader, 'a: 1\na: 2\nb: !x 1\nc: !y 2\n'));
    expect(error['problems']).toHaveLength(3);
  });

  test('aliases that would expand into gigabytes are refused', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    );
    expect(await failureOf(memoryIo().load(yamlLoader, `l0: &l0 [x]\n${levels.join('\n')}\n`))).toMatchObject(
      {
        code: 'FP_IO_PARSE',
        hint: expect.stringContaining('100'),
      },
    );
  });
});

test('a long text stays on its line, and a repeated object is written twice', async () => {
  const shared = { x: 1 };
  const text = await memoryIo().save(yamlSaver, {
    long: 'word '.repeat(50).trim(),
    a: shared,
    b: shared,
    d: new Date(0),
  });
  expect(text).toBe(
    `long: ${'word '.repeat(50).trim()}\na:\n  x: 1\nb:\n  x: 1\nd: 1970-01-01T00:00:00.000Z\n`,
  );
});

test('any JSON value comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      const io = memoryIo();
      const text = await io.save(yamlSaver, plain);
      expect((await io.load(yamlLoader, text)).value).toEqual(plain);
    }),
  );
});
