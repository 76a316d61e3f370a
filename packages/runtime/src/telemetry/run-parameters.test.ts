import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runParameters } from './run-parameters.js';

test('maps become dotted names, other values what they are', () => {
  const groups = {
    params: { rate: { k: 2, on: true }, none: null, gone: undefined },
    inputs: { rows: [1, 2, 3], when: new Date(0), bytes: new Uint8Array(4), self: runParameters, 'a.b': 'c' },
  };
  expect(runParameters(groups)).toEqual({
    'params.rate.k': '2',
    'params.rate.on': 'true',
    'params.none': 'null',
    'inputs.rows': 'array (3)',
    'inputs.when': 'Date',
    'inputs.bytes': 'Uint8Array (4)',
    'inputs.self': 'function',
    'inputs.a.b': 'c',
  });
});

test('what has the name of a secret is not shown, whatever it is', () => {
  const given = { db_password: 'a', apiKey: 'b', token: { value: 'c' }, 'client-secret': 1, monkey: 'd' };
  expect(runParameters({ inputs: given })).toEqual({
    'inputs.db_password': '***',
    'inputs.apiKey': '***',
    'inputs.token.value': '***',
    'inputs.client-secret': '***',
    'inputs.monkey': 'd',
  });
});

test('texts are masked before they are cut, and cut at 500 characters; there are at most 1000', () => {
  const secret = 'hunter2-hunter2';
  const text = `${'x'.repeat(495)}${secret}`;
  const shown = runParameters({ inputs: { text } }, (each) => each.replaceAll(secret, '***'))['inputs.text']!;
  expect(shown).not.toContain('hunt');
  expect(shown.length).toBeLessThanOrEqual(500);
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`n${index}`, index]));
  expect(Object.keys(runParameters({ inputs: many }))).toHaveLength(1000);
});

test('any value has a text', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (inputs) => {
      for (const text of Object.values(runParameters({ inputs }))) expect(typeof text).toBe('string');
    }),
  );
});
