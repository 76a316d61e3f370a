import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/sales.yml': 'params: { token: "${SHOP_TOKEN}" }\nrun: { timeout: 9 }\n',
    'pipelines/sales.ts': "export const less = (a: number) => a < 3 && '<b>' !== 'x';\n",
    'pipelines/plain.ts': 'export const one = () => 1;\n',
  });
});
afterAll(() => project.remove());
const run = (...args: string[]) =>
  project.flowerpower(['pipeline', ...args], { env: { SHOP_TOKEN: 'tok-123456' } });

test('a person sees files, configuration and code; what came from the environment is not shown', async () => {
  const { stdout, status } = await run('show-summary', 'sales');
  expect(status).toBe(0);
  expect(stdout).toContain('pipeline sales');
  expect(stdout).toMatch(/pipelines\/sales\.ts +\d+ bytes {2}\d{4}-/);
  expect(stdout).toContain('timeout: 9');
  expect(stdout).toContain('token: "${SHOP_TOKEN}"');
  expect(stdout).toContain("export const less = (a: number) => a < 3 && '<b>' !== 'x';");
  expect(stdout).not.toMatch(/tok-123456/);
});

test('a part leaves the others out; JSON and YAML are for programs', async () => {
  const json = JSON.parse((await run('show-summary', 'sales', '--cfg', '--json')).stdout) as object;
  expect(json).toEqual({
    pipelines: [
      {
        name: 'sales',
        configuration: {
          file: 'conf/pipelines/sales.yml',
          sizeBytes: expect.any(Number),
          modifiedAt: expect.any(String),
        },
        modules: [
          { file: 'pipelines/sales.ts', sizeBytes: expect.any(Number), modifiedAt: expect.any(String) },
        ],
        config: expect.objectContaining({ name: 'sales', params: { token: '${SHOP_TOKEN}' } }),
      },
    ],
  });
  const yaml = (await run('show-summary', '--code', '--format', 'yaml')).stdout;
  expect(yaml).toContain('pipelines:\n  - name: plain\n    modules:\n      - file: pipelines/plain.ts');
  expect(yaml).not.toContain('config:');
});

test('as a page and as a picture, in which nothing of the project is markup', async () => {
  const saved = await run('show-summary', '--to-html', '-o', 'shop.html');
  expect(saved.stdout).toBe('Saved the summary to shop.html\n');
  const page = project.read('shop.html');
  expect(page).toContain('<h1>shop</h1>');
  expect(page).toContain('a &lt; 3 &amp;&amp; &#39;'.replace('&#39;', "'"));
  expect(page).not.toMatch(/<b>|tok-123456/);
  const { stdout } = await run('show-summary', 'plain', '--to-svg');
  expect(stdout).toMatch(/^<svg xmlns[^]*pipeline plain[^]*<\/svg>\n$/);
});

test('an unknown pipeline is named, and a list has three formats', async () => {
  const wrong = await run('show-summary', 'sale');
  expect(wrong).toMatchObject({ status: 2 });
  expect(wrong.stderr).toContain("There is no pipeline 'sale'.");
  expect((await run('ls', '--format', 'yaml')).stdout).toBe(
    'pipelines:\n  - name: plain\n    file: pipelines/plain.ts\n    configured: false\n  - name: sales\n    file: conf/pipelines/sales.yml\n    configured: true\n',
  );
  expect(JSON.parse((await run('ls', '--format', 'json')).stdout)).toMatchObject({
    pipelines: [{ name: 'plain' }, {}],
  });
});
