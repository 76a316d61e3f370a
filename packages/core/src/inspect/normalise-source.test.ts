import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseSource } from './normalise-source.js';

test.each([
  [
    'comments and white space',
    '({ a, b }) => a + b',
    '({  a, b }) /* sum */ =>\ta + /* of "both" */ b // both',
  ],
  ['line breaks and comments with them', '(a) =>\na', "(a) => // it's\r\n\r\n  a"],
  [
    'words stay apart',
    'async function f() { return await g() }',
    'async  function f() {  return/**/await g() }',
  ],
  ['texts stay', "(a) => a + '  // no \\' comment'", "(a)  =>  a + '  // no \\' comment'"],
])('%s', (_, text, other) => {
  expect(normaliseSource(text)).toBe(normaliseSource(other));
});

test.each([
  ['a space in a text', '() => "a b"', '() => "a  b"'],
  ['a space in a template', '() => `a b`', '() => `a  b`'],
  ['a space behind a nested template', '() => `${`a`} b`', '() => `${`a`}  b`'],
  ['a space in a regular expression', '() => /a b/', '() => /a  b/'],
  ['a space in a regular expression behind a block', '() => { {} /a b/ }', '() => { {} /a  b/ }'],
  ['a line break behind return', '() => { return 1 }', '() => { return\n1 }'],
  ['a line break behind return, in a comment', '() => { return (1) }', '() => { return /*\n*/ (1) }'],
  ['where a line break ends a statement', '() => { a\n++\nb }', '() => { a ++\nb }'],
  ['a sign behind a comment', '(a, b) => a + +b', '(a, b) => a ++b'],
  ['letters that take two places', '() => { \u{20000} \u{20001} }', '() => { \u{20000}\u{20001} }'],
  ['where a line break begins a statement', '() => { a\n(b) }', '() => { a\n;(b) }'],
  ['what would become a comment of a script', '(a, b) => a < !--b', '(a, b) => a <!--b'],
  ['two signs and one', '(a, b) => a + +b', '(a, b) => a ++b'],
  ['a division and what could be a comment behind it', "(of) => of/2+' //a'", "(of) => of/2+' //b'"],
  ['a regular expression and a text behind it', '(a) => /"/.test(a + "  ")', '(a) => /"/.test(a + " ")'],
  ['a comment that another line break ends', '() => { // a\u2028b\n}', '() => { // a\u2028c\n}'],
  ['an operator', '(a, b) => a + b', '(a, b) => a - b'],
])('%s tells texts apart', (_, one, other) => {
  expect(normaliseSource(one)).not.toBe(normaliseSource(other));
});

const tokens = fc.array(
  fc.constantFrom('a', 'ñ', 'return', '1', '+', '++', '-', '--', '(', ')', '{', '}', ',', ';', '.', '"x  y"'),
);
const gap = fc.constantFrom(' ', '  ', '\t', '/* a "comment" */', '/**/ ');

test('gaps change nothing, tokens do', () => {
  fc.assert(
    fc.property(tokens, tokens, fc.infiniteStream(gap), (one, other, gaps) => {
      const plain = normaliseSource(one.join(' '));
      expect(normaliseSource(one.flatMap((token) => [token, gaps.next().value]).join(''))).toBe(plain);
      expect(normaliseSource(other.join(' ')) === plain).toBe(one.join(' ') === other.join(' '));
    }),
    { numRuns: 300 },
  );
});

test('a function of a megabyte is read', () => {
  const text = `() => {${'call(a, "b", c); // e\n'.repeat(40_000)}}`;
  expect(normaliseSource(text).length).toBeGreaterThan(500_000);
  expect(normaliseSource(`${text}/`)).toBe(`${text}/`);
});
