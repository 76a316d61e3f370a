import dns from 'node:dns';
import { getSystemErrorMap } from 'node:util';
import { expect, test } from 'vitest';
import { systemErrorCodes } from './system-error-codes.js';

test('every code that Node knows is listed', () => {
  const system = [...getSystemErrorMap().values()].map(([code]) => code);
  const ofDns = Object.values<unknown>({ ...dns }).filter((value) => typeof value === 'string');
  expect(system.length).toBeGreaterThan(50);
  expect([...system, ...ofDns].filter((code) => !systemErrorCodes().has(code))).toEqual([]);
});

test('a code is capitals, digits and underscores', () => {
  expect([...systemErrorCodes()].filter((code) => !/^[A-Z][A-Z0-9_]+$/.test(code))).toEqual([]);
});
