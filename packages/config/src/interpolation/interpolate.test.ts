import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Environment, interpolate as read } from './interpolate.js';

const interpolate = (text: string, environment: Environment) =>
  read(text, { environment, file: (path) => ({ text: `<${path}>` }) });

const env = { A: 'one', EMPTY: '', DOLLAR: '${A} $A $$', NUMBER: '12345', HOME_DIR: '/home' };

describe('forms', () => {
  it.each([
    ['plain text', 'plain text'],
    ['$A', 'one'],
    ['${A}', 'one'],
    ['${ A }', 'one'],
    ['x${A}y$A-z', 'xoneyone-z'],
    ['${EMPTY}', ''],
    ['${A:-d}', 'one'],
    ['${A-d}', 'one'],
    ['${EMPTY:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${U:-d}', 'd'],
    ['${U-d}', 'd'],
    ['${U:-}', ''],
    ['${U-}', ''],
    ['${A:?why}', 'one'],
    ['${A?why}', 'one'],
    ['${EMPTY?why}', ''],
    ['$$', '$'],
    ['$$A', '$A'],
    ['$${A}', '${A}'],
    ['$$$A', '$one'],
    ['cost: 5$', 'cost: 5$'],
    ['$5 and $-', '$5 and $-'],
    ['a } b { c', 'a } b { c'],
  ])('%s → %s', (text, expected) => {
    expect(interpolate(text, env)).toMatchObject({ text: expected, faults: [] });
  });
});

describe('other references', () => {
  it.each([
    ['${env:A}', 'one', '${A}'],
    ['${env:U:-d}', 'd', '${U}'],
    ['${secret:A}', 'one', '${secret:A}'],
    ['x-${secret:U-none}', 'x-none', 'x-${secret:U}'],
    ['${file:./a b.sql}', '<./a b.sql>', '${file:./a b.sql}'],
    ['${U:-${secret:A}}', 'one', '${U}'],
  ])('%s → %s, shown as %s', (text, expected, shown) => {
    expect(interpolate(text, env)).toMatchObject({ text: expected, shown, faults: [] });
  });

  it('knows which texts are secret, inside a default too', () => {
    const secret = { text: 'one', reference: '${secret:A}', isSecret: true };
    expect(interpolate('${secret:A}', env)).toMatchObject({ isSecret: true, texts: [secret] });
    const inside = interpolate('${U:-${secret:A}}', env);
    expect(inside.isSecret).toBe(true);
    expect(inside.texts).toContainEqual(secret);
    expect(interpolate('$A', env).isSecret).toBe(false);
  });

  it('leaves a text that refers to keys for later, unless the key is not needed', () => {
    expect(interpolate('${run.inputs.day}', env)).toMatchObject({ isOpen: true, faults: [] });
    expect(interpolate('${A:-${run.inputs.day}}', env)).toMatchObject({ isOpen: false, text: 'one' });
  });

  it('says which secret is not set, and where to set it', () => {
    const [fault] = interpolate('${secret:TOKEN}', env).faults;
    expect(fault?.message).toBe("secret 'TOKEN' is not set.");
    expect(fault?.hint).toContain('.env');
  });
});

describe('defects of the original that must not come back', () => {
  it.each([
    ['${X:-${B:-x}}', 'x'],
    ['${X:-${A}}', 'one'],
    ['${X:-${B:-${C-deep}}}', 'deep'],
    ['${X-a:-b}', 'a:-b'],
    ['${U-http://h/x:-?y}', 'http://h/x:-?y'],
    ['${U:-{"a": {"b": 1}}}', '{"a": {"b": 1}}'],
    ['${A:-{"a": 1}}', 'one'],
    ['${U:-$$5}', '$5'],
    ['${U:-pre$A}', 'preone'],
  ])('%s → %s', (text, expected) => {
    expect(interpolate(text, env)).toMatchObject({ text: expected, faults: [] });
  });

  it('raises with the whole message when it holds an operator', () => {
    const { faults } = interpolate('${REQ:?must be set - see docs}', env);
    expect(faults).toMatchObject([
      {
        code: 'FP_CONFIG_VARIABLE_UNSET',
        message: "environment variable 'REQ' is not set: must be set - see docs.",
      },
    ]);
  });

  it('takes an empty environment for what it is', () => {
    expect(interpolate('$PATH', {}).faults).toMatchObject([{ code: 'FP_CONFIG_VARIABLE_UNSET' }]);
  });

  it('says which variable was probably meant', () => {
    const [fault] = interpolate('${HOME_DRI}', env).faults;
    expect(fault?.message).toBe("environment variable 'HOME_DRI' is not set. Did you mean 'HOME_DIR'?");
    expect(fault?.hint).toContain('${HOME_DRI:-}');
  });
});

describe('faults', () => {
  it('distinguishes empty from unset', () => {
    expect(interpolate('${EMPTY:?}', env).faults).toMatchObject([
      { message: "environment variable 'EMPTY' is empty." },
    ]);
    expect(interpolate('${EMPTY?}', env).faults).toEqual([]);
  });

  it('does not evaluate a default that is not needed', () => {
    expect(interpolate('${A:-${NOPE}}${A:-${NOPE:?x}}', env)).toMatchObject({ text: 'oneone', faults: [] });
  });

  it('reports every unset variable of one text', () => {
    expect(interpolate('$X ${Y} ${Z:?}', {}).faults).toHaveLength(3);
  });

  it('still takes a variable that is named like them', () => {
    expect(interpolate('${file:-x}${env-y}', { file: 'f' })).toMatchObject({ text: 'fy', faults: [] });
  });

  it.each(['${', '${}', '${A', '${A:-x', '${1A}', '${A:+x}', '${A!}', '${A:?x', '${{ A }}', '${A:-${}}'])(
    'refuses %s',
    (text) => {
      expect(interpolate(text, env).faults).toMatchObject([{ code: 'FP_CONFIG_INTERPOLATION' }]);
    },
  );

  it('refuses bottomless nesting instead of overflowing the stack', () => {
    const { faults } = interpolate('${A:-'.repeat(100_000), env);
    expect(faults).toMatchObject([{ code: 'FP_CONFIG_INTERPOLATION' }]);
  });
});

it.each([
  ['${NUMBER}', true],
  ['$NUMBER', true],
  ['${U:-${A}}', true],
  ['$$', false],
  ['$${A}', false],
  [' ${A}', false],
  ['${A} ', false],
  ['${A}${A}', false],
  ['$A$A', false],
  ['text', false],
])('%s is a whole reference: %s', (text, isWhole) => {
  expect(interpolate(text, env).isWhole).toBe(isWhole);
});

it('never reads a value again, whatever it holds', () => {
  expect(interpolate('${DOLLAR} $DOLLAR ${U:-$DOLLAR}', env).text).toBe(Array(3).fill(env.DOLLAR).join(' '));
  fc.assert(
    fc.property(fc.string(), fc.string(), (value, other) => {
      expect(interpolate('<${V}|${W:-$V}>', { V: value, W: other }).text).toBe(
        `<${value}|${other || value}>`,
      );
    }),
  );
});

it('keeps every text whose dollar signs are doubled', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'$${}:-?AB '.split('')) }), (text) => {
      expect(interpolate(text.replaceAll('$', '$$$$'), {})).toMatchObject({ text, faults: [] });
    }),
  );
});

it('ends on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'$${}}:-?A '.split('')) }), (text) => {
      expect(typeof interpolate(text, { A: 'x' }).text).toBe('string');
    }),
    { numRuns: 2000 },
  );
});
