import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ioErrors } from './catalogue.js';

test('every code of the catalogue is raised somewhere, and no other is', async () => {
  const source = join(import.meta.dirname, '..');
  const files = (await readdir(source, { recursive: true })).filter(
    (file) =>
      file.endsWith('.ts') &&
      !file.endsWith('.test.ts') &&
      !file.includes('catalogue') &&
      !file.includes('testing'),
  );
  const texts = await Promise.all(files.map((file) => readFile(join(source, file), 'utf8')));
  const raised = new Set(
    texts.flatMap((text) => [...text.matchAll(/code: '(FP_[A-Z_]+)'/g)].map(([, code]) => code)),
  );
  expect(raised).toEqual(new Set(Object.keys(ioErrors)));
});
