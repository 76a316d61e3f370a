import { expect, test } from 'vitest';
import { builtinLoaders, parseOptions } from '../index.js';

function typeOf(type: keyof typeof builtinLoaders, options: object = {}): string | undefined {
  const loader = builtinLoaders[type];
  return loader.valueType?.(parseOptions(loader, { path: 'a', ...options }) as never);
}

test.each<[keyof typeof builtinLoaders, object, string]>([
  ['csv', {}, 'OpenRecord<{  }, string>[]'],
  ['csv', { as: 'batches' }, 'AsyncIterable<OpenRecord<{  }, string>[]>'],
  [
    'csv',
    { types: { a: 'integer', b: 'string' } },
    'OpenRecord<{ "a": number | null; "b": string }, string>[]',
  ],
  ['csv', { types: { a: 'bigint' }, infer: true }, 'OpenRecord<{ "a": bigint | null }, unknown>[]'],
  ['csv', { nullValues: ['-'] }, 'OpenRecord<{  }, string | null>[]'],
  [
    'csv',
    { types: { a: 'integer', b: 'date', c: 'string' }, nullValues: [] },
    'OpenRecord<{ "a": number; "b": Date; "c": string }, string>[]',
  ],
  [
    'csv',
    { columns: ['a', 'odd "name"'], types: { a: 'date' } },
    'OpenRecord<{ "a": Date | null; "odd \\"name\\"": string }, never>[]',
  ],
  ['csv', { header: ['a'] }, 'OpenRecord<{ "a": string }, never>[]'],
  ['jsonl', {}, 'OpenRecord<{}, unknown>[]'],
  ['json', {}, 'unknown'],
  ['yaml', {}, 'unknown'],
  ['text', {}, 'string'],
  ['bytes', {}, 'Uint8Array'],
])('the type of what %s gives follows from its options %j', (type, options, expected) => {
  expect(typeOf(type, options)).toBe(expected);
});
