/** Secrets drawn in clear: what the command prints, in words, pictures and documents. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

const secret = 'hunter2-S3cret';
const env = { DB_PASSWORD: secret };

let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/p.yml':
      'params: { greeting: { message: "${DB_PASSWORD}" } }\nrun: { finalVars: [greeting] }\n',
    'pipelines/p.ts': `export const greeting = ({ message }: { message: string }, { log }: any): number => {
  log.info('with ' + message);
  console.log('by hand ' + message);
  throw new Error('refused: ' + message);
};
`,
    'conf/pipelines/q.yml': 'run: { executor: "${DB_PASSWORD}" }\n',
    'pipelines/q.ts': 'export const a = () => 1;\n',
  });
});
afterAll(() => project.remove());

test.each([
  [['pipeline', 'run', 'p'], 1],
  [['pipeline', 'run', 'p', '--json'], 1],
  [['pipeline', 'show-dag', 'p'], 0],
  [['pipeline', 'show-dag', 'p', '--json'], 0],
  [['pipeline', 'show-dag', 'p', '--format', 'svg'], 0],
  [['pipeline', 'show-dag', 'p', '--format', 'mermaid'], 0],
  [['pipeline', 'show-dag', 'p', '--format', 'dot'], 0],
  [['pipeline', 'run', 'q'], 2],
  [['pipeline', 'run', 'q', '--json'], 2],
  [['doctor'], 2],
  [['doctor', '--json'], 2],
])('%j shows ${DB_PASSWORD} for what it holds', async (args, status) => {
  const ended = await project.flowerpower(args, { env });
  expect(ended.status).toBe(status);
  expect(ended.stdout + ended.stderr).not.toContain(secret);
  expect(ended.stdout + ended.stderr).toContain('DB_PASSWORD');
});

test('save-dag writes none of it into a picture', async () => {
  expect(await project.flowerpower(['pipeline', 'save-dag', 'p'], { env })).toMatchObject({ status: 0 });
  expect(project.read('p.svg')).not.toContain(secret);
});
