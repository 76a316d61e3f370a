import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeEach(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\nplugins: [./plugins/vault.mjs]\n',
    'plugins/vault.mjs': `const standard = { version: 1, vendor: 'mine', validate: (value) => ({ value }) };
export default {
  name: 'vault',
  apiVersion: 1,
  fileSystems: { vault: { options: { '~standard': standard }, create: () => ({}) } },
};
`,
  });
});
afterEach(() => project.remove());

const schemaAt = (path: string) => JSON.parse(project.read(path)) as Record<string, Record<string, object>>;

test('it writes the schemas, with what plugins bring, and says what it cannot tell', async () => {
  const { status, stdout, stderr } = await project.flowerpower(['schema', 'export']);
  expect({ status, files: stdout.trim().split('\n') }).toEqual({
    status: 0,
    files: ['project', 'pipeline', 'environment'].map((name) => `.flowerpower/schema/${name}.json`),
  });
  expect(stderr).toContain('storageOptions.vault');
  expect(schemaAt('.flowerpower/schema/project.json')['properties']).toHaveProperty('plugins');
});

test('elsewhere, as one document', async () => {
  const { status, stdout } = await project.flowerpower(['schema', 'export', '--out', 'editor', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ open: ['storageOptions.vault'] });
  expect(schemaAt('editor/pipeline.json')['properties']).toHaveProperty('io');
});

test('a new pipeline finds its schema by its first line, also in a folder', async () => {
  expect(await project.flowerpower(['pipeline', 'new', 'sales.daily'])).toMatchObject({ status: 0 });
  expect(project.read('conf/pipelines/sales/daily.yml')).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/\.\.\/\.\.\/\.flowerpower\/schema\/pipelines\/sales\.daily\.json\n/,
  );
  expect(schemaAt('.flowerpower/schema/pipelines/sales.daily.json')['properties']).toHaveProperty('run');
});
