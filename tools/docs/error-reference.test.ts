/**
 * Keeps docs/reference/errors.md in step with the catalogues. To write it anew after a change:
 * `npx vitest run tools/docs -u`.
 */
import { expect, test } from 'vitest';
import { configErrors } from '../../packages/config/src/errors/catalogue.js';
import { coreErrors } from '../../packages/core/src/errors/catalogue.js';
import { fsErrors } from '../../packages/fs/src/errors/catalogue.js';
import { ioErrors } from '../../packages/io/src/errors/catalogue.js';
import { moduleErrors } from '../../packages/modules/src/errors/catalogue.js';
import { pluginErrors } from '../../packages/plugin/src/errors/catalogue.js';
import { checkErrors } from '../../packages/project/src/check/catalogue.js';
import { projectErrors } from '../../packages/project/src/errors/catalogue.js';
import { runtimeErrors } from '../../packages/runtime/src/errors/catalogue.js';
import { visualizeErrors } from '../../packages/visualize/src/errors/catalogue.js';
import { cliErrors } from '../../packages/cli/src/errors/catalogue.js';

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '@flowerpower/core': coreErrors,
  '@flowerpower/fs': fsErrors,
  '@flowerpower/io': ioErrors,
  '@flowerpower/modules': moduleErrors,
  '@flowerpower/config': configErrors,
  '@flowerpower/plugin': pluginErrors,
  '@flowerpower/runtime': runtimeErrors,
  '@flowerpower/visualize': visualizeErrors,
  '@flowerpower/project': { ...projectErrors, ...checkErrors },
  flowerpower: cliErrors,
};

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
