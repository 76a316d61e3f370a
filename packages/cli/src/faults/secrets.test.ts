/** Secrets drawn in clear: what the command prints, in words, pictures and documents. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
    'conf/pipelines/l.yml': 'io: { load: { token: { type: text, path: "data/${S}" } } }\n',
    'pipelines/l.ts': 'export const size = (token: string) => token.length;\n',
    'conf/pipelines/c.yml': 'run: { cache: { dir: "${CACHE:-.cache}" } }\n',
    'pipelines/c.ts': 'export const a = () => 1;\n',
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

describe('a path that is made of ${S}', () => {
  const run = ['pipeline', 'run', 'l'];
  test.each([
    [run, { S: 'pa ss-hunter2' }, 1],
    [[...run, '--json'], { S: 'pa ss-hunter2' }, 1],
    [run, { S: 'x/../hunter2' }, 1],
    [[...run, '--json'], { S: 'x/../hunter2' }, 1],
    [run, { S: '../../../hunter2x' }, 2],
    [[...run, '--json'], { S: '../../../hunter2x/y' }, 2],
    [['check', 'l'], { S: '../../../hunter2x/y' }, 2],
    [['pipeline', 'run', 'c'], { CACHE: '../../../hunter2x' }, 2],
    [['check', 'c', '--json'], { CACHE: '../../../hunter2x' }, 2],
    [['cache', 'ls'], { CACHE: '../../../hunter2x' }, 2],
    [['cache', 'ls', '--json'], { CACHE: '../../../hunter2x' }, 2],
    [['cache', 'prune', '--all'], { CACHE: '../../../hunter2x' }, 2],
    [['cache', 'ls'], { CACHE: 'data/hunter2' }, 0],
    [['cache', 'ls', '--json'], { CACHE: 'data/hunter2' }, 0],
    [['cache', 'prune', '--all'], { CACHE: 'data/hunter2' }, 0],
    [['doctor'], { S: '../../../hunter2x', CACHE: '../../../hunter2x' }, 2],
  ])('%j with %j shows no value', async (args, given, status) => {
    const ended = await project.flowerpower(args, { env: given });
    expect(ended.status).toBe(status);
    expect(ended.stdout + ended.stderr).not.toContain('hunter2');
    expect(ended.stdout + ended.stderr).toMatch(/<(?:S|CACHE)>/);
  });
});
