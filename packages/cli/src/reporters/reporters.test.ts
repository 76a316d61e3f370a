/** `--reporter`: what programs read that watch over a build. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProcess } from '../__fixtures__/in-process.js';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';
import { junitXml } from './junit.js';

let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/bad.yml': 'run: { onError: continue }\n',
    'pipelines/bad.ts': `export const one = (): number => 1;
export const two = ({ one }: { one: number }): number => {
  throw new TypeError(\`<no> & "\${one}"\\nin two lines: 100%\`);
};
export const three = ({ two }: { two: number }): number => two;
`,
    'pipelines/good.ts': 'export const one = (): number => 1;\n',
    'conf/pipelines/wrong.yml': 'run:\n  finalVars: [nope]\n',
    'pipelines/wrong.ts': 'export const one = (): number => 1;\n',
  });
});
afterAll(() => project.remove());

const run = (...args: string[]) => inProcess(args, { cwd: project.root });

function parsed(xml: string): object {
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml) as object;
}

describe('junit', () => {
  test('each node is a test; why it failed or did not run is said, with its line', async () => {
    // In a process of its own, where stacks name the lines of the source.
    const { stdout, stderr, status } = await project.flowerpower([
      'pipeline',
      'run',
      'bad',
      '--reporter',
      'junit',
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain('✗ two');
    expect(parsed(stdout)).toMatchObject({
      testsuites: {
        tests: '3',
        failures: '1',
        errors: '0',
        skipped: '1',
        testsuite: {
          name: 'bad',
          testcase: [
            { name: 'one', classname: 'bad' },
            {
              name: 'two',
              failure: {
                type: 'TypeError',
                message: '<no> & "1"&#10;in two lines: 100%',
                '#text': 'at pipelines/bad.ts:3:9',
              },
            },
            { name: 'three', skipped: { message: 'two failed' } },
          ],
        },
      },
    });
  });

  test('a run that is good, one that cannot start, and a pipeline that is not there', async () => {
    const good = await run('pipeline', 'run', 'good', '--reporter=junit', '-q');
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(parsed(good.stdout)).toMatchObject({ testsuites: { tests: '1', failures: '0', errors: '0' } });
    for (const [name, type] of [
      ['wrong', 'FP_UNKNOWN_OUTPUT'],
      ['nothing', 'FP_UNKNOWN_PIPELINE'],
    ] as const) {
      const bad = await run('pipeline', 'run', name, '--reporter', 'junit');
      expect(bad.status).toBe(2);
      expect(bad.stderr).toContain(`error ${type}`);
      expect(parsed(bad.stdout)).toMatchObject({
        testsuites: { errors: '1', testsuite: { name, testcase: { error: { type } } } },
      });
    }
  });

  test('whatever a name or a message holds, it is XML', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (name, message) => {
        const finding = { level: 'error', type: name, message, place: undefined, hint: message } as const;
        const xml = junitXml(
          [
            {
              name,
              cases: [
                { name, result: 'failure', finding },
                { name, skipped: message },
              ],
            },
          ],
          '/',
        );
        expect(XMLValidator.validate(xml)).toBe(true);
      }),
    );
  });
});

describe('github', () => {
  test('an annotation at the line that threw, from the root of the repository; the rest is as without', async () => {
    const args = ['pipeline', 'run', 'bad', '--reporter', 'github', '-o', 'one,three'];
    const { stdout, stderr, status } = await project.flowerpower(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'one  1\n' });
    expect(stderr).toContain(
      '\n::error file=pipelines/bad.ts,line=3,col=9,title=bad two TypeError::<no> & "1"%0Ain two lines: 100%25\n',
    );
    const above = await project.flowerpower(args, { env: { GITHUB_WORKSPACE: `${project.root}/pipelines` } });
    expect(above.stderr).toContain('\n::error file=bad.ts,line=3,');
  });

  test('what keeps a pipeline from starting, at its place in the YAML', async () => {
    const { stderr, status } = await run('pipeline', 'run', 'wrong', '--reporter', 'github');
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^::error .*file=conf\/pipelines\/wrong\.yml,line=2,.*title=wrong FP_UNKNOWN_OUTPUT::/m,
    );
  });
});

test('json is --json, also for a command line that cannot be read; both together are refused', async () => {
  const { stdout } = await run('pipeline', 'run', 'good', '--reporter', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ status: 'success', outputs: { one: 1 } });
  const unknown = await run('pipeline', 'run', 'good', '--reporter=json', '--nope');
  expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { code: 'FP_CLI_USAGE' } });
  const both = await run('pipeline', 'run', 'good', '--json', '--reporter', 'junit');
  expect(both).toMatchObject({ status: 2 });
  expect(JSON.parse(both.stdout)).toMatchObject({
    error: { message: expect.stringContaining('--reporter and --json are given together') as string },
  });
});

test('check: each problem at its line, and a pipeline that is fine is a test that passed', async () => {
  const { stdout, status } = await run('check', 'wrong', '--reporter', 'junit');
  expect(status).toBe(2);
  expect(parsed(stdout)).toMatchObject({
    testsuites: { testsuite: { name: 'wrong', testcase: { error: {} } } },
  });
  const { stderr } = await run('check', 'wrong', '--reporter', 'github');
  expect(stderr).toMatch(/^::error .*title=wrong FP_/m);
});
