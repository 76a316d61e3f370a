/** Secrets drawn in clear: what the command prints, in words, pictures and documents. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

describe('C41: a declared secret', () => {
  const token = 'pä55/w0rd+sécret=';
  const url = encodeURIComponent(token);
  const encodings = [
    token,
    url,
    url.toLowerCase(),
    new URLSearchParams({ x: token }).toString().slice(2),
    Buffer.from(token).toString('base64'),
    Buffer.from(`user:${token}`).toString('base64'),
    Buffer.from(token).toString('base64url'),
    JSON.stringify(token).slice(1, -1),
  ];
  let shop: TempProject;
  beforeAll(() => {
    shop = createTempProject({
      '.env': `TOKEN="${token}"\nSHORT=abc\n`,
      'conf/project.yml': 'name: shop\nrun: { cache: true }\n',
      'conf/pipelines/p.yml': `params: { failing: { dsn: "postgres://user:\${secret:TOKEN}@host/db" } }
run:
  inputs: { token: !secret TOKEN, short: "\${secret:SHORT}", auth: "Bearer \${run.inputs.token}" }
`,
      'pipelines/p.ts': `export const size = (token: string, auth: string, short: string, ctx: any): number => {
  console.log('printed ' + token, encodeURIComponent(token));
  console.error(JSON.stringify({ token }), Buffer.from('user:' + token).toString('base64'));
  ctx.log.warn('logged ' + auth, { field: token });
  return token.length + short.length;
};
export const failing = ({ dsn, size }: { dsn: string; size: number }): number => {
  throw new Error('cannot connect to ' + dsn + ' ' + encodeURIComponent(dsn), { cause: new Error('refused: ' + dsn) });
};
`,
      'conf/pipelines/q.yml': 'run: { inputs: { token: !secret TOKEN, short: !secret SHORT } }\n',
      'pipelines/q.ts': `export const given = (token: string, short: string) => ({
  [token]: token, list: ['x' + token + 'y'], words: 'abcdef alphabet ' + short, n: 5, places: [{ file: token }],
});
`,
    });
  });
  afterAll(() => shop.remove());

  function hits(bytes: Buffer | string): string[] {
    return encodings.filter((each) => bytes.includes(each));
  }

  test.each([
    [['pipeline', 'run', 'p'], 1],
    [['pipeline', 'run', 'p', '--json'], 1],
    [['pipeline', 'run', 'q'], 0],
    [['pipeline', 'run', 'q', '--json'], 0],
    [['pipeline', 'show-dag', 'p'], 0],
    [['pipeline', 'show-dag', 'p', '--format', 'svg'], 0],
    [['check', 'p', '--json'], 2],
    [['doctor'], 0],
  ])('%j: no byte of it, in any form, on stdout, on stderr or in a file', async (args, status) => {
    const ended = await shop.flowerpower(args);
    if (args[0] === 'pipeline') expect(ended.status).toBe(status);
    expect(hits(ended.stdout + ended.stderr)).toEqual([]);
    const files = readdirSync(shop.root, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && entry.name !== '.env' && !entry.parentPath.includes('node_modules'),
      )
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((file) => hits(readFileSync(file)).length > 0)).toEqual([]);
  });

  test('words that hold a short one stay what they are', async () => {
    const { stdout } = await shop.flowerpower(['pipeline', 'run', 'q', '--json']);
    const { outputs } = JSON.parse(stdout) as { outputs: { given: Record<string, unknown> } };
    expect(outputs.given).toEqual({
      '<secret:TOKEN>': '<secret:TOKEN>',
      list: ['x<secret:TOKEN>y'],
      words: 'abcdef alphabet abc',
      n: 5,
      places: [{ file: '<secret:TOKEN>' }],
    });
  });

  test('--no-env-file leaves the file out', async () => {
    const ended = await shop.flowerpower(['pipeline', 'run', 'p', '--no-env-file']);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("secret 'TOKEN' is not set");
  });
});
