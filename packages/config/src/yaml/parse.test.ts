import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as yaml from 'yaml';
import { createSourceFile } from '../source/source-file.js';
import { describePlace } from '../source/origin.js';
import { asMap } from '../tree/node.js';
import { toValue } from '../tree/to-value.js';
import { parseYaml } from './parse.js';

function parse(text: string) {
  const file = createSourceFile({ file: 'a.yml', text });
  return parseYaml(yaml, file.text, { kind: 'file', layer: 'pipeline', file });
}

function codes(text: string) {
  return parse(text).problems.map(({ code }) => code);
}

/** All values are user's data here, so null stays. */
function valueOf(text: string): unknown {
  const { node, problems } = parse(text);
  expect(problems).toEqual([]);
  return JSON.parse(JSON.stringify(markUserData(node))) as unknown;
  function markUserData(each: typeof node): unknown {
    if (each.kind === 'list') return each.items.map(markUserData);
    if (each.kind === 'value') return each.value;
    return Object.fromEntries([...each.entries].map(([key, entry]) => [key, markUserData(entry.node)]));
  }
}

/** A valid text, to show that the process goes on after a refusal. */
function expectNextFileToParse() {
  expect(toValue(parse('run:\n  inputs: { a: 1 }\n').node)).toEqual({ run: { inputs: { a: 1 } } });
}

describe('hostile texts are refused before the parser pays for them (C37)', () => {
  const nested = {
    'flow lists': '['.repeat(20_000),
    'closed flow lists': '['.repeat(5000) + ']'.repeat(5000),
    'flow maps': '{a: '.repeat(20_000),
    'block maps': Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    'compact lists': '- '.repeat(20_000),
    'explicit keys': '? '.repeat(20_000),
    'lists at the column of their map': Array.from(
      { length: 33 },
      (_, depth) => `${'  '.repeat(depth)}a:\n${'  '.repeat(depth)}-\n`,
    ).join(''),
  };
  it.each(Object.entries(nested))('deep %s, twice in one process', (_, text) => {
    expect(codes(text)).toEqual(['FP_CONFIG_YAML_LIMIT']);
    expect(codes(text)).toEqual(['FP_CONFIG_YAML_LIMIT']);
    expectNextFileToParse();
  });

  const levels = 'abcdefghi'.split('');
  const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (const [index, name] of levels.slice(1).entries()) {
    laughs.push(`${name}: &${name} [${Array(9).fill(`*${levels[index]}`).join(', ')}]`);
  }
  const quiet = ['a0: &a0 [x, x, x]'];
  for (let level = 1; level <= 16; level++)
    quiet.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}, *a${level - 1}]`);
  const other = {
    'billion laughs': laughs.join('\n'),
    'billion laughs within the number of aliases': quiet.join('\n'),
    '50,000 keys': Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n'),
    '50,000 keys in a flow map': `{${Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join(', ')}}`,
    '2,001 keys': Array.from({ length: 2001 }, (_, index) => `k${index}: 1`).join('\n'),
    'repeated merges of an empty map': `a: &a {}\nb:\n${'  <<: {}\n'.repeat(12_800)}`,
    'a list of merged maps': `b:\n  <<: [${Array(21).fill('{}').join(', ')}]`,
    'merges in many maps': Array.from({ length: 21 }, (_, index) => `m${index}: { <<: {} }`).join('\n'),
    '5 MB': `a: "${'x'.repeat(5_000_000)}"`,
    'more than 1 MiB only in bytes': `a: "${'ä'.repeat(600_000)}"`,
    'a megabyte of brackets': ']'.repeat(1_000_000),
    'a megabyte of commas': `[${','.repeat(1_000_000)}]`,
    '51 aliases': `a: &a 1\nb: [${Array(51).fill('*a').join(', ')}]`,
  };
  it.each(Object.entries(other))('%s', (_, text) => {
    const found = codes(text);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set(['FP_CONFIG_YAML_LIMIT']));
    expectNextFileToParse();
  });

  it('lets texts at the limits through', () => {
    expect(codes('['.repeat(64) + ']'.repeat(64))).toEqual([]);
    expect(codes(Array.from({ length: 2000 }, (_, index) => `k${index}: 1`).join('\n'))).toEqual([]);
    expect(codes(`a: &a 1\nb: [${Array(50).fill('*a').join(', ')}]`)).toEqual([]);
    expect(codes(`b:\n  <<: [${Array(20).fill('{}').join(', ')}]`)).toEqual([]);
    expect(codes(`a: "${'x'.repeat(1024 * 1024 - 5)}"`)).toEqual([]);
  });

  it('counts the depth of any style of nesting exactly', () => {
    const level = fc.constantFrom<(inner: unknown) => unknown>(
      (inner) => [inner],
      (inner) => ({ key: inner }),
      (inner) => [1, inner],
      (inner) => ({ a: 1, key: inner, z: [] }),
    );
    const style = fc.record({ indent: fc.integer({ min: 1, max: 4 }), indentSeq: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 58, maxLength: 70 }),
        style,
        fc.nat(70),
        (wraps, options, flowFrom) => {
          // The innermost value is a scalar; `z: []` counts as one level more beside it.
          const build = (from: number) =>
            wraps.slice(from).reduceRight<unknown>((inner, wrap) => wrap(inner), 1);
          const document = new yaml.Document(build(0));
          let depth = 0;
          yaml.visit(document, {
            Collection(_key, node, path) {
              const level = path.filter((each) => yaml.isCollection(each)).length + 1;
              if (level > flowFrom) node.flow = true;
              depth = Math.max(depth, level);
            },
          });
          const text = document.toString({ ...options, lineWidth: 0 });
          expect(codes(text)).toEqual(depth > 64 ? ['FP_CONFIG_YAML_LIMIT'] : []);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('content', () => {
  it('reads what the parser reads, merge keys and aliases included', () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.integer(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n)),
      fc.boolean(),
      fc.constant(null),
    );
    // As a plain key, `<<` merges; the cases below are about that.
    const key = fc.string().filter((name) => name !== '<<');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, value), fc.boolean(), (data, isFlow) => {
        const text = yaml.stringify(data, {
          collectionStyle: isFlow ? 'flow' : 'any',
          aliasDuplicateObjects: false,
        });
        expect(valueOf(text)).toEqual(JSON.parse(JSON.stringify(yaml.parse(text))));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    'base: &base { a: 1, b: 2 }\nmore:\n  <<: *base\n  b: 3',
    'base: &base { a: 1, b: 2 }\nmore:\n  b: 3\n  <<: *base',
    'x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2 }\nz: { <<: [*x, *y], c: 9 }',
    'x: { <<: { a: 1 }, b: 2 }',
    'x: &x { a: { p: 1 } }\ny: { <<: *x, a: { q: 2 } }',
    'x: &x { a: 1 }\ny: &y { <<: *x, b: 2 }\nz: { <<: *y }',
    'a: &v 1\nb: *v\nc: &v 2\nd: *v',
    '&k key: *k',
  ])('merges as the parser does: %j', (text) => {
    expect(valueOf(text)).toEqual(yaml.parse(text, { merge: true }));
  });

  it('takes a quoted << for a name', () => {
    expect(valueOf('x: { "<<": { a: 1 } }')).toEqual({ x: { '<<': { a: 1 } } });
  });

  it('names keys as they are written', () => {
    expect(Object.keys(valueOf('1: a\n1.0: b\ntrue: c\nno: d\n"": e\n0x1: f') as object)).toEqual([
      '1',
      '1.0',
      'true',
      'no',
      '',
      '0x1',
    ]);
  });

  it.each(['', '# only a comment\n', '---\n', '---\n...\n', '\uFEFF'])('reads %j as nothing', (text) => {
    expect(parse(text)).toMatchObject({ node: { value: null }, problems: [] });
  });

  it('knows the place of every value', () => {
    const { node } = parse('\uFEFFrun:\r\n  inputs:\r\n    - a\r\n    - {b: 1}\r\n');
    const inputs = asMap(asMap(node)!.entries.get('run')!.node)!.entries.get('inputs')!;
    expect(describePlace(inputs.keyOrigin)).toBe('a.yml:2:3');
    expect(
      inputs.node.kind === 'list' && inputs.node.items.map(({ origin }) => describePlace(origin)),
    ).toEqual(['a.yml:3:7', 'a.yml:4:7']);
  });
});

describe('problems', () => {
  it.each([
    ['a: 1\nb: [1', 'FP_CONFIG_YAML_SYNTAX', 2],
    ['a: "x', 'FP_CONFIG_YAML_SYNTAX', 1],
    ['a: 1\nb: {x', 'FP_CONFIG_YAML_SYNTAX', 2],
    ['a: *nope', 'FP_CONFIG_YAML_SYNTAX', 1],
    ['a: &a [*a]', 'FP_CONFIG_YAML_SYNTAX', 1],
    ['a: 1\n---\nb: 2', 'FP_CONFIG_YAML_SYNTAX', 2],
    ['%YAML 1.1\n---\na: yes', 'FP_CONFIG_YAML_SYNTAX', 1],
    ['%NOPE 1\n---\na: 1', 'FP_CONFIG_YAML_SYNTAX', 1],
    ['a: 1\nb: !secret [x]', 'FP_CONFIG_YAML_TAG', 2],
    ['a: 1\nb: !secret x y', 'FP_CONFIG_YAML_TAG', 2],
    ['a: 1\nb: !vault x', 'FP_CONFIG_YAML_TAG', 2],
    ['a: !!binary aGk=', 'FP_CONFIG_YAML_TAG', 1],
    ['a: !!set { x }', 'FP_CONFIG_YAML_TAG', 1],
    ['a: !!js/function x', 'FP_CONFIG_YAML_TAG', 1],
    ['a: 1\n\nb: 9007199254740993', 'FP_CONFIG_UNSAFE_INTEGER', 3],
    ['a: 0xFFFFFFFFFFFFFFFF', 'FP_CONFIG_UNSAFE_INTEGER', 1],
    ['a: 1\nb: 2\na: 3', 'FP_CONFIG_DUPLICATE_KEY', 3],
    ['{a: 1, "a": 2}', 'FP_CONFIG_DUPLICATE_KEY', 1],
    ['a: 1\n? [b]\n: 2', 'FP_CONFIG_TYPE', 2],
    [': 1', 'FP_CONFIG_TYPE', 1],
    ['a:\n  <<: 1', 'FP_CONFIG_TYPE', 2],
  ])('%j is %s in line %i', (text, code, line) => {
    const [problem, ...more] = parse(text).problems;
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code,
      places: [
        { file: 'a.yml', line },
        ...(code === 'FP_CONFIG_DUPLICATE_KEY' ? [{ file: 'a.yml', line: 1 }] : []),
      ],
    });
    expect(problem?.message).toMatch(new RegExp(`^a\\.yml:${line}:\\d+: .+\\n`));
    expect(problem?.message).toMatch(new RegExp(`^> ${line} \\| `, 'm'));
  });

  it('keeps integers beyond 2^53 as text when quoted', () => {
    expect(valueOf('a: "9007199254740993"\nb: !!str 9007199254740993')).toEqual({
      a: '9007199254740993',
      b: '9007199254740993',
    });
  });

  it('says to quote a reference inside a flow collection', () => {
    expect(parse('inputs: { a: ${A} }').problems[0]?.hint).toContain('must be quoted');
  });

  it('shows the first of very many syntax errors', () => {
    expect(parse(`[${',\n'.repeat(5000)}]`).problems).toHaveLength(10);
  });
});
