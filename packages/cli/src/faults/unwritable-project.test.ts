/** A checkout that whoever works with it may read and not write. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

/** Nothing is forbidden to root, so the command is another user's then. */
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const identity = isRoot ? { uid: nobody, gid: nobody } : {};
const isReadable =
  process.platform !== 'win32' &&
  spawnSync(process.execPath, [join(import.meta.dirname, '../../bin.mjs'), '--version'], identity).status ===
    0;

test.runIf(isReadable)('conf/ that may not be read is not taken for absent', async () => {
  const project = createTempProject({ 'conf/project.yml': 'name: shop\n', 'pipelines/q.ts': '' });
  onTestFinished(() => {
    chmodSync(join(project.root, 'conf'), 0o755);
    project.remove();
  });
  chmodSync(project.root, 0o755);
  chmodSync(join(project.root, 'conf'), 0o000);
  for (const args of [['pipeline', 'run', 'q'], ['check'], ['pipeline', 'ls'], ['doctor']]) {
    const { status, stdout, stderr } = await project.flowerpower(args, identity);
    expect(stdout + stderr).toMatch(
      /FP_PROJECT_UNREADABLE .*conf\/project\.yml cannot be read: access is denied\./,
    );
    expect(status).toBe(2);
  }
});

describe.runIf(isReadable)('a project that is only read', () => {
  let project: TempProject;
  let temporary: string;
  beforeAll(() => {
    project = createTempProject({
      'conf/project.yml': 'name: shop\n',
      'pipelines/p.ts': `import { type NodeContext } from 'flowerpower';
export const a = (): number => 1;
export const b = ({ a }: { a: string }, context: NodeContext): string => a + context.node;
`,
      'pipelines/q.ts': 'export const a = (): number => 1;',
    });
    const typescript = join(import.meta.dirname, '../../../../node_modules/typescript');
    symlinkSync(realpathSync(typescript), join(project.root, 'node_modules/typescript'), 'junction');
    temporary = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-cli-')));
    chmodSync(temporary, 0o777);
    chmodSync(project.root, 0o555);
  });
  afterAll(() => {
    chmodSync(project.root, 0o755);
    project.remove();
    rmSync(temporary, { recursive: true });
  });
  const flowerpower = (...args: string[]) =>
    project.flowerpower(args, { ...identity, env: { TMPDIR: temporary, HOME: temporary } });

  test('runs', async () => {
    const { status, stdout } = await flowerpower('pipeline', 'run', 'q', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outputs: { a: 1 } });
  });

  test('is checked, and what is wrong in it is found at its place', async () => {
    expect(await flowerpower('check', 'q')).toMatchObject({ status: 0, stderr: '' });
    const { status, stdout } = await flowerpower('check', 'p', '--json');
    expect(status).toBe(1);
    const { pipelines } = JSON.parse(stdout) as { pipelines: unknown };
    expect(pipelines).toMatchObject([
      {
        edges: 1,
        problems: [
          {
            code: 'FP_EDGE_TYPE',
            to: { node: 'b', place: { file: join(project.root, 'pipelines/p.ts'), line: 3 } },
          },
        ],
      },
    ]);
    expect(readdirSync(temporary).filter((name) => name.startsWith('flowerpower-check-'))).toEqual([]);
    expect(readdirSync(project.root)).not.toContain('.flowerpower');
  });

  test('takes no picture, which is a failure and no wrong use', async () => {
    const { status, stderr } = await flowerpower('pipeline', 'save-dag', 'q');
    expect(stderr).toContain('FP_CLI_OUTPUT');
    expect(stderr).toContain('access is denied');
    expect(status).toBe(1);
  });
});
