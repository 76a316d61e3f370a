/** What `init` makes, and what it says when it cannot. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

const repository = join(import.meta.dirname, '../../../..');

function tempFolder(files: Readonly<Record<string, string>> = {}): TempProject {
  const folder = createTempProject(files);
  onTestFinished(() => folder.remove());
  return folder;
}

/** As `npm install` would. @returns the folder of the compiler. */
function install({ root }: TempProject, compiler: string): string {
  const link = (from: string, to: string) => {
    symlinkSync(
      realpathSync(join(repository, 'node_modules', from)),
      join(root, 'node_modules', to),
      'junction',
    );
    return join(root, 'node_modules', to);
  };
  mkdirSync(join(root, 'node_modules/@types'));
  link('@types/node', '@types/node');
  return link(compiler, 'typescript');
}

describe('what init makes fits ordinary code, so that tsc, check and run agree', () => {
  const code = {
    'lib/names.ts': `import { basename } from 'node:path';
export const nameOf = (file: string): string => basename(file, '.csv');
`,
    'shared/text/loud.ts': 'export const loud = (text: string): string => text.toUpperCase();\n',
    'lib/limits.json': '{ "length": 20 }\n',
    'pipelines/names.ts': `import { readFileSync } from 'node:fs';
import { node, tag } from 'flowerpower';
import { nameOf } from '../lib/names';
import { nameOf as again } from '../lib/names.ts';
import limits from '../lib/limits.json' with { type: 'json' };
import { loud } from '@shared/text/loud';

export function content({ file }: { file: string }): string {
  return readFileSync(file, 'utf8').slice(0, limits.length);
}
export const title = node(
  ({ file, content }: { file: string; content: string }): string => loud(\`\${nameOf(file)}: \${content.trim()}\`),
  tag({ owner: again('me.csv') }),
);
`,
    'conf/pipelines/names.yml': 'run:\n  finalVars: [title]\n  inputs: { file: data/sales.csv }\n',
    'data/sales.csv': 'a,b\n',
  };

  test.each([
    ['ts7', 'bin/tsc'],
    ['typescript', 'bin/tsc6'],
  ])('%s', async (compiler, script) => {
    const folder = tempFolder();
    expect(await folder.flowerpower(['init'])).toMatchObject({ status: 0 });
    const tsc = join(install(folder, compiler), script);
    folder.write(code);
    const config = JSON.parse(folder.read('tsconfig.json'));
    config.compilerOptions.paths = { '@shared/*': ['./shared/*'] };
    folder.write({ 'tsconfig.json': JSON.stringify(config) });

    const compiled = spawnSync(process.execPath, [tsc, '--noEmit'], { cwd: folder.root, encoding: 'utf8' });
    expect(compiled.stdout + compiled.stderr).toBe('');
    const checked = await folder.flowerpower(['check']);
    expect(checked.stderr).toBe('');
    expect(checked).toMatchObject({ status: 0, stdout: expect.stringMatching(/^✓ names/) });
    expect(await folder.flowerpower(['pipeline', 'run', 'names', '-q'])).toMatchObject({
      status: 0,
      stdout: 'title  SALES: A,B\n',
      stderr: '',
    });

    // And they agree on what is wrong.
    folder.write({
      'pipelines/names.ts': code['pipelines/names.ts'].replace(
        'file: string; content: string',
        'file: string; content: number',
      ),
    });
    expect(spawnSync(process.execPath, [tsc, '--noEmit'], { cwd: folder.root }).status).not.toBe(0);
    expect((await folder.flowerpower(['check'])).status).not.toBe(0);
  });
});

test('init says what to do next: npm install, or what a package.json that was there lacks', async () => {
  const fresh = await tempFolder().flowerpower(['init', 'shop']);
  expect(fresh.stderr).toBe(
    '\nNext:\n  cd shop\n  npm install\n  npx flowerpower pipeline new hello\n  npx flowerpower pipeline run hello\n',
  );
  const kept = await tempFolder({ 'package.json': '{}' }).flowerpower(['init']);
  expect(kept.stderr).toContain(
    '  npm install flowerpower\n  npm install --save-dev typescript @types/node\n',
  );
});

describe('where no project can be made: exit 2, no bug, nothing changed', () => {
  test.each([
    [['init', 'file'], /FP_PROJECT_FOLDER There is a file where the folder \S*file would be/],
    [['init', 'file/below'], /FP_PROJECT_FOLDER There is a file where the folder \S*below would be/],
    [['init', 'half'], /FP_FS_NOT_DIRECTORY .*conf/],
  ])('%j', async (args, message) => {
    const { root, flowerpower } = tempFolder({ file: '', 'half/conf': '' });
    const ended = await flowerpower(args);
    expect(ended).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(ended.stderr).not.toMatch(/bug|commander|node_modules|dist/);
    expect(readdirSync(join(root, 'half'))).toEqual(['conf']);
  });

  test.skipIf(process.platform === 'win32')('a disk that takes no more', () => {
    const { root } = tempFolder();
    // No file may grow beyond nothing; folders are made all the same.
    const script = 'ulimit -f 0; exec "$0" "$@"';
    for (const dir of ['new/shop', '.']) {
      const args = ['-c', script, process.execPath, join(repository, 'packages/cli/bin.mjs'), 'init', dir];
      const ended = spawnSync('sh', args, { cwd: root, encoding: 'utf8' });
      expect(ended.stderr).toMatch(/^error FP_FS_\w+ write 'conf\/project\.yml' failed/);
      expect(ended.stderr).not.toContain('bug');
      expect(ended.status).not.toBe(0);
      expect(readdirSync(root)).toEqual(['node_modules']);
    }
  });

  test.skipIf(process.platform === 'win32')('a read-only folder', () => {
    const { root } = tempFolder();
    mkdirSync(join(root, 'fixed'), { mode: 0o555 });
    chmodSync(root, 0o755);
    onTestFinished(() => chmodSync(join(root, 'fixed'), 0o755));
    // Root may write everywhere, so the command runs as somebody else.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    for (const dir of ['fixed', 'fixed/below']) {
      const args = [join(repository, 'packages/cli/bin.mjs'), 'init', dir];
      const env = { ...process.env, HOME: root };
      const ended = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env, ...user });
      expect(ended).toMatchObject({ status: 2, stdout: '' });
      expect(ended.stderr).toMatch(/FP_/);
      expect(ended.stderr).not.toContain('bug');
    }
    expect(existsSync(join(root, 'fixed/below'))).toBe(false);
  });
});

test('a saver whose path is a folder: exit 2 where that can be seen, and no bug', async () => {
  const { flowerpower, write } = tempFolder({
    'conf/project.yml': 'name: shop\n',
    'pipelines/p.ts': 'export const a = () => [1];\n',
    'output/old.json': '1\n',
  });
  for (const [path, status] of [
    ['output/', 2],
    ['.', 2],
    ['', 2],
    ['output', 1],
  ] as const) {
    write({ 'conf/pipelines/p.yml': `io:\n  save:\n    a: { type: json, path: '${path}' }\n` });
    const ended = await flowerpower(['pipeline', 'run', 'p', '-q']);
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(ended.stderr).toMatch(/^error FP_/);
    expect(ended.stderr).not.toMatch(/bug|\n\s+at async/);
  }
});
