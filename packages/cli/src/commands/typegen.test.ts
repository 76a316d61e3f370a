/** What typegen writes, a compiler reads: the calls of a small project compile, and their slips do not. */
import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/hello.yml': [
      'params: { greeting: { message: Hello } }',
      'io: { load: { rows: { type: csv, path: rows.csv } } }',
      'run: { finalVars: [greeting, sum] }',
      '',
    ].join('\n'),
    'pipelines/hello.ts': `
export function greeting({ message, name = 'world' }: { message: string; name?: string }): string {
  return message + name;
}
export async function sum(greeting: string, factor: number): Promise<number> {
  return greeting.length * factor;
}
export const count = ({ rows }: { rows: readonly { n: string }[] }) => rows.length;
`,
    'pipelines/reports/daily.ts': 'export const today = () => new Date(0);\n',
    'package.json': '{ "type": "module" }\n',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'ES2023',
        module: 'ESNext',
        moduleResolution: 'Bundler',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: [],
      },
      include: ['**/*.ts', '.flowerpower/types.d.ts'],
    }),
    'src/calls.ts': `
import { FlowerPowerProject } from 'flowerpower';

const project = await FlowerPowerProject.load('.');
const { outputs } = await project.run('hello', { inputs: { name: 'Ada', factor: 2 }, timeout: 3 });
export const greeting: string = outputs.greeting;
export const sum: number = outputs.sum;
const asked = await project.run('hello', { outputs: ['count'], inputs: { factor: 1 } });
export const count: number = asked.outputs.count;
export const today: Date = (await project.run('reports.daily')).outputs.today;
// Where a name is only known when the program runs:
export const any = (await project.pipelineManager.run(String(1))).outputs['x'];
`,
    'src/slips.ts': `
import { FlowerPowerProject } from 'flowerpower';

const project = await FlowerPowerProject.load('.');
// @ts-expect-error there is no such pipeline
await project.run('helo', { inputs: { nme: 1 } });
// @ts-expect-error there is no such input
await project.run('hello', { inputs: { nme: 1 } });
// @ts-expect-error a text is wanted
await project.run('hello', { inputs: { name: 1 } });
// @ts-expect-error there is no such node
await project.run('hello', { outputs: ['cuont'] });
// @ts-expect-error there is no such setting
await project.run('hello', { timeoutt: 3 });
const { outputs } = await project.run('hello');
// @ts-expect-error it was not asked for
outputs.count;
// @ts-expect-error it is a number
export const sum: string = outputs.sum;
`,
  });
  symlinkSync(typescript, join(project.root, 'node_modules/typescript'), 'junction');
});
afterAll(() => project.remove());

test('the types of names, inputs and outputs', async () => {
  expect(await project.flowerpower(['typegen'])).toMatchObject({
    status: 0,
    stdout: 'Wrote the types of 2 pipelines to .flowerpower/types.d.ts\n',
  });
  const tsc = promisify(execFile)(process.execPath, [join(typescript, 'bin/tsc'), '-p', project.root]);
  expect(await tsc.catch(({ stdout }: { readonly stdout: string }) => ({ stdout }))).toMatchObject({
    stdout: '',
  });
});

test('--check fails when the pipelines have changed, and names the command', async () => {
  await project.flowerpower(['typegen']);
  expect(await project.flowerpower(['typegen', '--check', '--json'])).toMatchObject({ status: 0 });
  const text = project.read('.flowerpower/types.d.ts');
  project.write({ 'pipelines/more.ts': 'export const one = () => 1;\n' });
  const checked = await project.flowerpower(['typegen', '--check']);
  expect(checked).toMatchObject({ status: 1, stdout: '' });
  expect(checked.stderr).toContain('FP_CLI_STALE_TYPES');
  expect(checked.stderr).toContain('flowerpower typegen');
  expect(project.read('.flowerpower/types.d.ts')).toBe(text);
});
