import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configErrors } from './catalogue.js';

it('lists exactly the codes that the package raises', () => {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('catalogue.ts'),
  );
  const used = new Set(
    files.flatMap((file) => readFileSync(join(root, file), 'utf8').match(/(?<=')FP_CONFIG_\w+(?=')/g) ?? []),
  );
  expect([...used].sort()).toEqual(Object.keys(configErrors).sort());
});
