/**
 * Keeps docs/reference/errors.md in step with the catalogues. To write it anew after a change:
 * `npx vitest run tools/docs -u`.
 */
import { expect, test } from 'vitest';
import { catalogues } from '../../packages/cli/src/explain/catalogues.js';

test('the error reference lists every code of every package', async () => {
  await expect(reference()).toMatchFileSnapshot('../../docs/reference/errors.md');
});

test('no two packages share a code', () => {
  const codes = Object.values(catalogues).flatMap((catalogue) => Object.keys(catalogue));
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

function reference(): string {
  const sections = Object.entries(catalogues).map(([name, catalogue]) => {
    const rows = Object.entries(catalogue).map(
      ([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll('|', '\\|')} |`,
    );
    return `## ${name}\n\n| code | meaning |\n|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Errors\n\nEvery error has a permanent code, a message, and where possible a hint, places and the original error as \`cause\`.\nThis page is generated from the catalogues of the packages.\n\n${sections.join('\n')}`;
}
