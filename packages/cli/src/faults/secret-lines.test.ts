/** Secrets of several lines in clear: what is printed line by line, or escaped before it is masked, holds no whole one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

const key = [
  '-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7+w/x0Zk3Yq1s',
  'Zz8hQyR5bTnW2p/Vd4uKcLxEoJfAi6gM7rP1eNsXtH3v0aB9yUqCkGmDwIl5SO2T',
  '-----END PRIVATE KEY-----',
  '',
].join('\n');
const env = { KEY: key, ENDED: 'Token91xyz\n', QUOTED: 's3cret9"et\\TOKEN42\'x\nline2xyz é+/&<x>' };
/** What is left of them whatever became of quotes, backslashes and line breaks. */
const telling = Object.values(env).flatMap((text) => text.match(/[A-Za-z0-9]{6,}/g) ?? []);

let shop: TempProject;
beforeAll(() => {
  shop = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/p.yml': `run:
  inputs: { key: "\${secret:KEY}", ended: "\${secret:ENDED}", quoted: "\${secret:QUOTED}" }
  finalVars: [given]
`,
    'pipelines/p.ts': `const all = ({ key, ended, quoted }: any): string[] => [key, ended, quoted];
type Given = { key: string; ended: string; quoted: string };
export const told = ({ key, ended, quoted }: Given, ctx: any) => {
  for (const each of all({ key, ended, quoted })) {
    console.log('printed ' + each, JSON.stringify({ each }));
    console.error({ t: each, deep: { deeper: [each] } });
    ctx.log.warn('logged ' + each, { each });
    process.stdout.write('written ' + each);
  }
  console.error(all({ key, ended, quoted }));
  return 1;
};
export const given = ({ key, ended, quoted, told }: Given & { told: number }) => ({
  list: all({ key, ended, quoted }), text: 'val:' + key + ended + quoted, told,
});
export const thrown = ({ key, ended, quoted, told }: Given & { told: number }): number => {
  throw all({ key, ended, quoted });
};
export const thrownText = ({ key, told }: { key: string; told: number }): number => {
  throw key;
};
export const failing = ({ key, ended, quoted, told }: Given & { told: number }): number => {
  const text = all({ key, ended, quoted }).join(' ');
  throw new Error('refused: ' + text, { cause: new Error(text) });
};
`,
    'conf/pipelines/s.yml': 'io: { save: { a: { type: text, path: "out/${secret:QUOTED}.txt" } } }\n',
    'pipelines/s.ts': "export const a = () => 'x';\n",
  });
});
afterAll(() => shop.remove());

function shown(bytes: Buffer | string): string[] {
  return telling.filter((each) => bytes.includes(each));
}

const run = ['pipeline', 'run', 'p'];
test.each([
  [run, 0],
  [[...run, '--json'], 0],
  [[...run, '--outputs', 'thrown', '--json'], 1],
  [[...run, '--outputs', 'thrownText'], 1],
  [[...run, '--outputs', 'failing'], 1],
  [[...run, '--outputs', 'failing', '--reporter', 'junit'], 1],
  [[...run, '--outputs', 'failing', '--reporter', 'github'], 1],
  [['pipeline', 'run', 's'], 2],
  [['pipeline', 'run', 's', '--reporter', 'junit'], 2],
])('%j: no line of one on stdout, on stderr or in a file', async (args, status) => {
  const ended = await shop.flowerpower(args, { env });
  expect(ended.status, ended.stderr).toBe(status);
  const said = ended.stdout + ended.stderr;
  expect(shown(said)).toEqual([]);
  expect(said).toContain('secret:');
  // What stands in an attribute of XML or in its text is escaped.
  if (args.includes('junit')) expect(ended.stdout).not.toContain('<secret:');
  const files = readdirSync(shop.root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(4);
  expect(files.filter((file) => shown(readFileSync(file)).length > 0)).toEqual([]);
});

test('runs logs: no line of one', async () => {
  await shop.flowerpower(run, { env });
  const ended = await shop.flowerpower(['runs', 'logs', 'last'], { env });
  expect(ended.status, ended.stderr).toBe(0);
  expect(ended.stdout).toContain('<secret:KEY>');
  expect(shown(ended.stdout + ended.stderr)).toEqual([]);
});
