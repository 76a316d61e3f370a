import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as yaml from 'yaml';
import { readYaml } from './read-yaml.js';

const limits = { depth: 100 };

describe('limits', () => {
  const hostile = {
    'flow lists': '['.repeat(100_000),
    'flow maps': '{a: '.repeat(100_000),
    'compact lists': '- '.repeat(100_000),
    'explicit keys': '? '.repeat(100_000),
    'block maps': Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    mixed: '- ? [{'.repeat(1000),
  };
  test.each(Object.entries(hostile))('deep %s are refused before they are parsed', (_, text) => {
    expect(readYaml(yaml, text, limits)).toEqual({
      faults: [
        {
          kind: 'limit',
          offset: expect.any(Number) as number,
          message: 'the YAML text nests deeper than 100 levels, so it was not parsed.',
        },
      ],
    });
  });

  test('what is not a limit does not hold', () => {
    const text = Array.from({ length: 5000 }, (_, index) => `k${index}: *a`).join('\n');
    expect(readYaml(yaml, text, { ...limits, aliases: 4999 }).faults).toMatchObject([
      { kind: 'limit', message: expect.stringContaining('4999 aliases') as string },
    ]);
    expect(readYaml(yaml, text, { ...limits, tokens: 10 }).faults).toMatchObject([{ kind: 'limit' }]);
    expect(readYaml(yaml, text, { ...limits, bytes: 2 ** 10 }).faults).toMatchObject([
      { kind: 'limit', message: expect.stringContaining('1024 bytes') as string },
    ]);
    expect(readYaml(yaml, text, limits).faults.map(({ kind }) => kind)).not.toContain('limit');
  });

  test('everything that is let through parses on a small stack, without ending the process', () => {
    const piece = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('- ', '? ', ': ', '[', ']', '{', '}', 'a: ', ', ', 'x') },
      {
        weight: 4,
        arbitrary: fc.constantFrom('\n', '\n ', '\n  ', '\n    ', '---\n', '#c\n', '"', "'", '|\n'),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('&a ', '*a', '!t ', '<<: ', '\t', '%YAML 1.1\n', '\ufeff', '\u0002'),
      },
    );
    const run = fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 150 }))
      .map(([pieces, times]) => pieces.join('').repeat(times));
    const text = fc.array(run, { maxLength: 6 }).map((runs) => runs.join(''));
    const passed: string[] = [];
    fc.assert(
      fc.property(text, (each) => {
        if (!readYaml(yaml, each, limits).faults.some(({ kind }) => kind === 'limit')) passed.push(each);
      }),
      { numRuns: 60 },
    );
    passed.push('['.repeat(100) + ']'.repeat(100), '- '.repeat(100), '? '.repeat(100));
    const library = createRequire(import.meta.url).resolve('yaml');
    const script = `
      const { parseDocument } = require(${JSON.stringify(library)});
      for (const text of JSON.parse(require('node:fs').readFileSync(0, 'utf8'))) {
        const document = parseDocument(text, { version: '1.2', uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
        const overflow = document.errors.find(({ message }) => /call stack/.test(message));
        if (overflow !== undefined) throw new Error('overflow: ' + JSON.stringify(text));
      }`;
    const child = spawnSync(process.execPath, ['--stack-size=200', '-e', script], {
      input: JSON.stringify(passed),
      encoding: 'utf8',
    });
    expect(child.stderr).toBe('');
    expect(child.status).toBe(0);
  });
});

test('faults have a kind, an offset and a sentence, and are ten at most', () => {
  const kinds = (text: string) => readYaml(yaml, text, limits).faults.map(({ kind }) => kind);
  expect(kinds('a: 1\n---\nb: 2')).toEqual(['documents']);
  expect(new Set(kinds(`[${'- '.repeat(1000)}`))).toEqual(new Set(['syntax']));
  expect(kinds('%YAML 1.1\n---\na: yes')).toEqual(['version']);
  expect(kinds(`[${',\n'.repeat(5000)}]`)).toEqual(Array(10).fill('syntax'));
  expect(readYaml(yaml, 'a: "x', limits).faults).toMatchObject([
    { offset: 5, message: expect.stringMatching(/\.$/) as string },
  ]);
});

test('tags, repeated keys and aliases are left to the caller', () => {
  const { document } = readYaml(yaml, 'a: !x 1\na: &b 2\nc: *b', limits);
  expect(document?.errors).toEqual([]);
});
