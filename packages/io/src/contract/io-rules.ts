/** What can be told of a loader, a saver or a place before anything is loaded, in words that complete "must be". */
import { type OptionRule, readProperty } from '@flowerpower/core';

export const aLoader: OptionRule = {
  fits: (value) => isFormat(value, 'load'),
  expected: 'an object with a type, options that are a Standard Schema, and a function load',
};

export const aSaver: OptionRule = {
  fits: (value) => isFormat(value, 'save'),
  expected: 'an object with a type, options that are a Standard Schema, and a function save',
};

export const aSchema: OptionRule = {
  fits: isSchema,
  expected: 'a Standard Schema, such as one of valibot or zod',
};

/** Where paths lead. */
export const aPlace: OptionRule = {
  fits: (value) =>
    typeof readProperty(value, 'resolve') === 'function' ||
    typeof readProperty(readProperty(value, 'fileSystem'), 'read') === 'function',
  expected: 'an object with a fileSystem, or with a function resolve',
};

function isFormat(value: unknown, method: 'load' | 'save'): boolean {
  return (
    typeof readProperty(value, 'type') === 'string' &&
    isSchema(readProperty(value, 'options')) &&
    typeof readProperty(value, method) === 'function'
  );
}

function isSchema(value: unknown): boolean {
  return typeof readProperty(readProperty(value, '~standard'), 'validate') === 'function';
}
