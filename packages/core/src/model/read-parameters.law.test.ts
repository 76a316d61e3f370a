/** Whatever a parameter list is written like, its names and defaults are found. */
import fc from 'fast-check';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { readParameters } from './read-parameters.js';

const names = fc.uniqueArray(fc.stringMatching(/^[a-z$_ñ][\w$ñ]{0,8}$/), { maxLength: 5 });
const values = fc.constantFrom(
  '1',
  '"a, b)"',
  "'}'",
  '`${[1, ")"]}`',
  '`\\`}${`)`}`',
  'f(1, { a: [2] })',
  '(x, y = 1) => ({ x })',
  '/[)},]\\//',
  '8 / 2 / 1',
  '/* = 1, */ 2',
);
const space = fc.constantFrom('', ' ', '\n\t', '/* x, } ) */', '// y)\n', '\u00a0');
const targets = fc.constantFrom('', ': x', ': { y, z = 1 }', ': [q = "}"]');
const contexts = fc.constantFrom(
  { text: '', object: false, positional: false },
  { text: ', ', object: false, positional: false },
  { text: ', ctx', object: true, positional: true },
  { text: ', { log }', object: true, positional: undefined },
  { text: ', context = {}', object: true, positional: undefined },
  { text: ', ...rest', object: undefined, positional: undefined },
);

const lists = fc.record({
  parts: names.chain((list) =>
    fc.tuple(
      ...list.map((name) =>
        fc.record({
          name: fc.constant(name),
          written: fc.constantFrom(name, Array.from(name, escaped).join('')),
          quoted: fc.boolean(),
          target: targets,
          value: fc.option(values),
          space,
        }),
      ),
    ),
  ),
  isObject: fc.boolean(),
  context: contexts,
  whole: fc.constantFrom('', ' = {}', '/* , */ = { a: ")" }'),
  form: fc.constantFrom(
    '(@) => 1',
    'async (@) => 1',
    'function f(@) {}',
    'async function* (@) {}',
    'm(@) {}',
    "async 'a(b'(@) {}",
    "get ['x(' + 1](@) {}",
    '#m(@) {}',
  ),
});

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

test('every parameter is found, in every form of function', () => {
  fc.assert(
    fc.property(lists, ({ parts, isObject, context, whole, form }) => {
      fc.pre(parts.length > 0 || isObject || context.text === '');
      const list = parts.map(({ name, written, quoted, target, value, space: gap }) => {
        const key = isObject && quoted ? `'${name}': x` : `${written}${isObject ? target : ''}`;
        return `${gap}${key}${gap}${value === null ? '' : ` = ${value}`}${gap}`;
      });
      const inner = isObject
        ? `{${list.join(',')}}${whole}${context.text}`
        : `${list.join(',')}${context.text}`;
      const read = readParameters(
        () => 1,
        form.replace('@', () => inner),
      );
      const takesContext = isObject ? context.object : context.positional;
      // Positional, a pattern is not a parameter, while any other name but `ctx` is one more.
      if (!isObject && context.text.includes('context')) {
        expect(read?.parameters.at(-1)).toMatchObject({ name: 'context', optional: true });
      } else if (takesContext === undefined) expect(read).toBeUndefined();
      else {
        expect(read).toMatchObject({
          style: isObject ? 'object' : 'positional',
          parameters: parts.map(({ name, value }) => ({ name, optional: value !== null })),
          takesContext,
        });
      }
    }),
    { numRuns: 2000 },
  );
});

/** Every token that may stand before a slash, in every place where code may stand; most of the texts are no code. */
const tokens = fc.constantFrom(
  ...'/ / / / /= /re/ /[)/,}]/g /=\\// x 1 1. .5 "s)" \'t/\' `${{}/1}` () (x) [] [1] {} ( ) , = == =>'.split(
    ' ',
  ),
  ...'+ - ++ -- * ! ? : . ... ?. ; < > & | ~ if(x) while(x) for(;;) with(x) if/**/(x) x.if(x) do else'.split(
    ' ',
  ),
  ...'return case await yield typeof in of void .in .typeof ñin \\u{61}in this.of let break l: y()'.split(
    ' ',
  ),
  '`u${x / 2}/`',
  '{ }',
  '/* , */',
  '/* / */',
  '// ( /\n',
  '\n',
  ' ',
);
const wraps = fc.constantFrom(
  '@',
  '(@)',
  '[@]',
  '{ a: @ }',
  '{ [@]: 1 }',
  '`${@}`',
  '() => @',
  '() => { @ }',
  'function () { @ }',
  'async () => { return @ }',
  'function* () { yield @ }',
  '() => { do x(); while (x) @ }',
  '() => { let x\n@ }',
  '() => { l: for (;;) { break l\n@ } }',
  'class { m() { @ } }',
  'class { p = @ }',
  '(x = @) => x',
);
const forms = fc.constantFrom('function', 'async function', 'function*');
const defaults = fc
  .tuple(fc.array(tokens, { minLength: 1, maxLength: 7 }), fc.array(wraps, { maxLength: 3 }))
  .map(([list, around]) => around.reduce((code, wrap) => wrap.replace('@', () => code), list.join(' ')));

test('whatever stands in a default, no name is read that a parser would not read', () => {
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(
      forms,
      fc.array(defaults, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (form, list, isObject) => {
        const inner = list.map((value, index) => `p${index} = ${value}`).join(', ');
        const text = `${form} f(${isObject ? `{ ${inner}, last }` : `${inner}, last`}) {}`;
        const names = parsedNames(text);
        fc.pre(names !== undefined);
        const found = readParameters(() => 1, text);
        if (found === undefined) refused++;
        else {
          read++;
          expect(found.parameters.map(({ name }) => name)).toEqual(names);
        }
      },
    ),
    { numRuns: 400, maxSkipsPerRun: 1000 },
  );
  expect(read).toBeGreaterThan(refused);
});

/** Undefined for what is no code, or no list of plain names with defaults. */
function parsedNames(text: string): string[] | undefined {
  try {
    Function(text);
  } catch {
    return undefined;
  }
  const file = ts.createSourceFile('f.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: unknown[] };
  const [declaration, ...more] = file.statements;
  if (parseDiagnostics.length > 0 || more.length > 0 || !declaration) return undefined;
  if (!ts.isFunctionDeclaration(declaration)) return undefined;
  const [first] = declaration.parameters;
  const parts = first && ts.isObjectBindingPattern(first.name) ? first.name.elements : declaration.parameters;
  return parts.map(({ name }) => (ts.isIdentifier(name) ? name.text : name.getText()));
}
