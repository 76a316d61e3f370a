/** What the compiler refuses, and JavaScript lets through: each is an error that names the option. */
import { expect, test } from 'vitest';
import { createModuleImporter } from './module-importer.js';

const make = createModuleImporter as (options?: unknown) => ReturnType<typeof createModuleImporter>;

test.each<[unknown, string]>([
  [undefined, 'createModuleImporter: The options must be an object, not undefined'],
  [null, 'The options must be an object, not null'],
  [{}, 'root must be a text, not undefined'],
  [{ root: 7 }, 'root must be a text, not 7'],
  [{ root: 'x', cacheDr: 'y' }, "There is no option 'cacheDr'"],
  [{ root: 'x', cacheDir: null }, 'cacheDir must be a text'],
])('createModuleImporter(%o)', (options, text) => {
  expect(() => make(options)).toThrow(expect.objectContaining({ code: 'FP_BAD_OPTION' }));
  expect(() => make(options)).toThrow(text);
});

test.each<[unknown, unknown, string]>([
  [null, {}, 'The file of a module must be a text, not null'],
  ['x', null, 'import: The options must be an object'],
  ['x', { relod: true }, "There is no option 'relod'"],
  ['x', { reload: 'yes' }, 'reload must be true or false'],
])('import(%o, %o)', async (file, options, text) => {
  const importer = make({ root: import.meta.dirname });
  await expect(importer.import(file as string, options as never)).rejects.toMatchObject({
    code: 'FP_BAD_OPTION',
    message: expect.stringContaining(text),
  });
});

test('the compiler refuses them too', () => {
  // @ts-expect-error -- a root
  expect(() => createModuleImporter({})).toThrow('root must be');
});
