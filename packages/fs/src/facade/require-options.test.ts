/** What the compiler refuses, and JavaScript lets through: each is an error that names the option. */
import { expect, test } from 'vitest';
import { createBoundary } from '../boundary/create-boundary.js';
import { createLocalFileSystem } from '../local/create-local-file-system.js';
import { createMemoryFileSystem } from '../memory/create-memory-file-system.js';

test.each<[() => unknown, string]>([
  [
    () => createLocalFileSystem(null as never),
    'createLocalFileSystem: The options must be an object, not null',
  ],
  [() => createLocalFileSystem('/x' as never), 'The options must be an object, not string'],
  [() => createLocalFileSystem({ root: 7 as never }), 'root must be a text'],
  [() => createLocalFileSystem({ rot: 'x' } as never), "There is no option 'rot'; the options are: root"],
  [() => createMemoryFileSystem(null as never), 'createMemoryFileSystem: The options must be'],
  [() => createMemoryFileSystem({ nme: 'x' } as never), "There is no option 'nme'"],
  [() => createBoundary(undefined as never), 'createBoundary: The options must be an object, not undefined'],
  [() => createBoundary({ root: 7 as never }), 'root must be a text'],
  [
    () => createBoundary({ root: 'x', allowOutside: '../y' as never }),
    'allowOutside must be a list of folders',
  ],
  [() => createBoundary({ allowOutsid: [] } as never), "There is no option 'allowOutsid'"],
])('%#', (make, text) => {
  let failed: unknown;
  try {
    make();
  } catch (error) {
    failed = error;
  }
  expect(failed).toMatchObject({
    code: 'FP_FS_BAD_OPTION',
    reason: 'BadOption',
    message: expect.stringContaining(text),
  });
});
