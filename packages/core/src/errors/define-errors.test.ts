import { expect, test } from 'vitest';
import { defineErrors, FlowerPowerError, isFlowerPowerError } from '../index.js';

const ledgerError = defineErrors({
  LEDGER_CLOSED: 'The ledger of a month that is over takes no more entries.',
  LEDGER_2_BUSY: 'Someone else writes into the ledger.',
});
const closed = { code: 'LEDGER_CLOSED', message: 'The ledger of May is closed.' } as const;

test('what is made is a FlowerPower error with everything it was given', () => {
  const cause = new Error('409');
  const places = [{ file: 'may.ledger', line: 3 }];
  const error = ledgerError({ ...closed, hint: 'Enter it in June.', places, cause, retryable: false });
  expect(error).toBeInstanceOf(FlowerPowerError);
  expect(error).toMatchObject({ ...closed, hint: 'Enter it in June.', places, retryable: false });
  expect(error.cause).toBe(cause);
  expect(isFlowerPowerError(error)).toBe(true);
});

test('only what is told about another attempt is a property', () => {
  expect('retryable' in ledgerError(closed)).toBe(false);
  expect(ledgerError({ ...closed, retryable: true })).toHaveProperty('retryable', true);
});

test('errors of a catalogue are told from all others', () => {
  const error: unknown = ledgerError(closed);
  expect([ledgerError.is(error), ledgerError.is(error, 'LEDGER_CLOSED')]).toEqual([true, true]);
  expect(ledgerError.is(error, 'LEDGER_2_BUSY')).toBe(false);
  expect(ledgerError.is(new FlowerPowerError({ code: 'FP_CYCLE', message: 'x' }))).toBe(false);
  expect(ledgerError.is(Object.assign(new Error('x'), { code: 'LEDGER_CLOSED' }))).toBe(false);
  expect(ledgerError.is(undefined)).toBe(false);
});

test.each([
  'FP_MINE',
  'FP_',
  'ledgerClosed',
  'LEDGER',
  'LEDGER_',
  '_LEDGER',
  'LEDGER CLOSED',
  '2_LEDGER',
  '',
])("the code '%s' is refused", (code) => {
  expect(() => defineErrors({ [code]: 'A sentence.' } as never)).toThrow(
    expect.objectContaining({ code: 'FP_BAD_OPTION', message: expect.stringContaining(`'${code}'`) }),
  );
});

test.each([null, [], { LEDGER_CLOSED: 5 }, { LEDGER_CLOSED: ' ' }])('%j is no catalogue', (catalogue) => {
  expect(() => defineErrors(catalogue as never)).toThrow(expect.objectContaining({ code: 'FP_BAD_OPTION' }));
});

test('a code that was not declared is refused, with the nearest one', () => {
  expect(() => ledgerError({ code: 'LEDGER_CLOSD', message: 'x' } as never)).toThrow(
    expect.objectContaining({ code: 'FP_BAD_OPTION', hint: expect.stringContaining('LEDGER_CLOSED') }),
  );
});

export const wrongUse = () => [
  // @ts-expect-error FP_ belongs to FlowerPower
  defineErrors({ FP_LEDGER: 'A sentence.' }),
  // @ts-expect-error it was not declared
  ledgerError({ code: 'LEDGER_LOST', message: 'x' }),
];
