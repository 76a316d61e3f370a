import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { visualizeErrors } from './catalogue.js';

test('the catalogue holds exactly the codes that the package raises', () => {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const raised = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|catalogue\.ts$|__fixtures__/.test(file))
    .flatMap((file) => readFileSync(root + file, 'utf8').match(/'FP_[A-Z_]+'/g) ?? [])
    .map((code) => code.slice(1, -1));
  expect([...new Set(raised)].toSorted()).toEqual(Object.keys(visualizeErrors).toSorted());
});
