import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installPackage, javascript } from './__fixtures__/installed-package.js';

test('the README example runs on the installed package and prints what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const block = (language: string) =>
    new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(readme)?.[1] ?? '';
  const { dir, remove } = installPackage({ withPeer: false });
  try {
    writeFileSync(join(dir, 'example.mjs'), javascript(block('ts')));
    const output = execFileSync(process.execPath, ['example.mjs'], { cwd: dir, encoding: 'utf8' });
    expect(output).toContain(block('text'));
    // The README leaves the legend out of the Mermaid block.
    for (const line of block('mermaid').split('\n')) expect(output).toContain(line);
    expect(output).toMatch(/\d+ bytes of SVG/);
  } finally {
    remove();
  }
});
