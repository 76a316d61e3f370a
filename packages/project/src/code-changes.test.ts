/** What a change of code computes again (claim C24), with the real importer and a cache on disk. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FlowerPowerProject } from './index.js';

const files: Readonly<Record<string, string>> = {
  'conf/project.yml': 'name: shop\n',
  'conf/pipelines/prices.yml': 'run:\n  inputs: { price: 10 }\n  cache: true\n',
  'pipelines/prices.ts': `import { rate } from '../lib/rates.js';
import { fee } from 'shop';
const half = (x: number) => x / 2;
export const net = ({ price }: { price: number }) => half(price);
export const gross = ({ net }: { net: number }) => net * rate;
export const total = ({ gross }: { gross: number }) => gross + fee;
export const label = ({ price }: { price: number }) => \`\${price} EUR\`;
`,
  'lib/rates.ts': 'export const rate = 2;\n',
  'node_modules/shop/package.json':
    '{ "name": "shop", "version": "1.0.0", "type": "module", "main": "i.js" }',
  'node_modules/shop/i.js': 'export const fee = 1;\n',
};

/** The nodes that are computed when a file, which was run before, holds another text. */
async function computedAfter(file: string, from: string | RegExp, to: string): Promise<string[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-code-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const run = async () => {
    const project = await FlowerPowerProject.load(root, { environment: {} });
    try {
      const { nodes } = await project.run('prices', { reload: true });
      return Object.entries(nodes).flatMap(([name, { cached }]) => (cached === true ? [] : [name]));
    } finally {
      await project.close();
    }
  };
  expect((await run()).sort()).toEqual(['gross', 'label', 'net', 'total']);
  expect(files[file]).toMatch(from);
  write(file, files[file]!.replace(from, to));
  return (await run()).sort();
}

test.each<[string, string, string | RegExp, string, string[]]>([
  ['a comment', 'pipelines/prices.ts', 'const half', '// A comment.\nconst half', []],
  ['another formatting', 'pipelines/prices.ts', / => /g, ' =>\n    ', []],
  ['a comment in the function itself', 'pipelines/prices.ts', 'EUR', '${/* none */ ""}EUR', ['label']],
  // What follows is computed only where the value differs.
  ['another function', 'pipelines/prices.ts', 'gross + fee', 'gross - fee', ['total']],
  ['a helper of the same value', 'pipelines/prices.ts', 'x / 2', 'x * 0.5', ['net']],
  ['a helper', 'pipelines/prices.ts', 'x / 2', 'x / 5', ['gross', 'net', 'total']],
  ['a helper in another file', 'lib/rates.ts', '2', '3', ['gross', 'total']],
  ['what is installed of a package', 'node_modules/shop/package.json', '1.0.0', '1.0.1', ['total']],
])('%s', async (_, file, from, to, computed) => {
  expect(await computedAfter(file, from, to)).toEqual(computed);
});
