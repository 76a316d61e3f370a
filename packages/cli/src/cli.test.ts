/** The built command as a black box: what it prints where, what it leaves behind, and its exit code. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { tempName } from '@flowerpower/fs';
import { afterEach, describe, expect, test } from 'vitest';
import { createTempProject, type TempProject } from './__fixtures__/temp-project.js';

const projects: TempProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

function tempProject(files: Readonly<Record<string, string>> = {}): TempProject {
  const project = createTempProject(files);
  projects.push(project);
  return project;
}

const conf = { 'conf/project.yml': 'name: shop\n' };

const sums = {
  ...conf,
  'pipelines/sums.ts': `
import { node, when } from 'flowerpower';

/** Twice the number. */
export function double({ x }: { x: number }): number {
  return 2 * x;
}
export const label__short = node(({ double }: { double: number }) => \`=\${double}\`, when({ style: 'short' }));
export const label__long = node(({ double, x }: { double: number; x: number }) => \`2 * \${x} = \${double}\`, when({ style: 'long' }));
`,
  'conf/pipelines/sums.yml': `
run:
  finalVars: [label]
  inputs: { x: 2 }
  config: { style: long }
`,
};

describe('the first minutes', () => {
  test('init, pipeline new, pipeline run: TypeScript, both forms, no build step', async () => {
    const { root, flowerpower, read } = tempProject();
    const made = await flowerpower(['init', 'shop']);
    expect(made).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Created the project 'shop' in shop"),
    });
    const shop = { cwd: join(root, 'shop') };
    expect(await flowerpower(['pipeline', 'new', 'hello'], shop)).toMatchObject({ status: 0 });
    expect(read('shop/pipelines/hello.ts')).toContain('greetingLength(greeting: string)');

    const human = await flowerpower(['pipeline', 'run', 'hello'], shop);
    expect(human.status).toBe(0);
    expect(human.stdout).toBe('greeting  Hello, world!\nsummary   Hello, world! (13 characters)\n');
    expect(human.stderr).toContain('✓ greetingLength');

    const machine = await flowerpower(['pipeline', 'run', 'hello', '-i', 'name=Ada', '--json'], shop);
    expect(JSON.parse(machine.stdout)).toMatchObject({
      status: 'success',
      pipeline: 'hello',
      outputs: { greeting: 'Hello, Ada!', summary: 'Hello, Ada! (11 characters)' },
      attempts: 1,
    });
  });

  test('init and pipeline new change nothing where something is already there', async () => {
    const { flowerpower, read, write } = tempProject({ ...conf, 'package.json': '{ "name": "mine" }\n' });
    expect(await flowerpower(['init'])).toMatchObject({ status: 2, stdout: '' });
    write({ 'pipelines/hello.js': '// mine\n' });
    const refused = await flowerpower(['pipeline', 'new', 'hello']);
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('pipelines/hello.js') });
    expect(read('pipelines/hello.js')).toBe('// mine\n');
    expect(existsSync(join(projects[0]!.root, 'conf/pipelines/hello.yml'))).toBe(false);
    expect((await flowerpower(['init', '--overwrite'])).status).toBe(0);
    expect(read('package.json')).toBe('{ "name": "mine" }\n');
  });

  test('the project is found from a folder inside it', async () => {
    const { root, flowerpower } = tempProject(sums);
    const ended = await flowerpower(['pipeline', 'run', 'sums'], { cwd: join(root, 'pipelines') });
    expect(ended).toMatchObject({ status: 0, stdout: 'label  2 * 2 = 4\n' });
  });
});

describe('what goes where', () => {
  test('results on standard output, progress on standard error, no colour in a pipe', async () => {
    const { flowerpower } = tempProject(sums);
    const { stdout, stderr } = await flowerpower(['pipeline', 'run', 'sums']);
    expect(stdout).toBe('label  2 * 2 = 4\n');
    expect(stderr).toContain('▶ sums');
    expect(stdout + stderr).not.toContain('\u001b');
    const colored = await flowerpower(['pipeline', 'run', 'sums', '--color']);
    expect(colored.stderr).toContain('\u001b[32m✓');
    const quiet = await flowerpower(['pipeline', 'run', 'sums', '--quiet']);
    expect(quiet).toMatchObject({ stdout: 'label  2 * 2 = 4\n', stderr: '' });
  });

  test.each([
    [['pipeline', 'run', 'sums', '--json']],
    [['pipeline', 'show-dag', 'sums', '--json']],
    [['pipeline', 'save-dag', 'sums', '--json']],
    [['pipeline', 'show-pipelines', '--json']],
    [['pipeline', 'new', 'other', '--json']],
    [['init', 'elsewhere', '--json']],
    [['doctor', '--json']],
    [['pipeline', 'run', 'nothing', '--json']],
    [['pipeline', 'run', 'sums', '--nonsense', '--json']],
  ])('%j prints one JSON document and nothing else', async (args) => {
    const { flowerpower } = tempProject(sums);
    expect(JSON.parse((await flowerpower(args)).stdout)).toBeTypeOf('object');
  });

  test.each([
    ['a pipeline that does not exist', ['nothing'], sums, 'failure', 2],
    ['a configuration that is wrong', ['sums', '--set', 'run.timeout=soon'], sums, 'failure', 2],
    ['an input that nothing gives', ['sums', '-o', 'nope'], sums, 'failure', 2],
    ['a folder that is no project', ['sums'], {}, 'failure', 2],
    ['a timeout while modules are imported', ['sums', '--timeout', '0.001'], sums, 'timeout', 124],
  ])('the document of a run has the same keys after %s', async (_title, args, files, status, exitCode) => {
    const keysOf = (stdout: string) => Object.keys(JSON.parse(stdout) as object);
    const good = await tempProject(sums).flowerpower(['pipeline', 'run', 'sums', '--json']);
    const bad = await tempProject(files).flowerpower(['pipeline', 'run', ...args, '--json']);
    expect(keysOf(bad.stdout)).toEqual([...keysOf(good.stdout), 'error']);
    expect(JSON.parse(bad.stdout)).toMatchObject({ status, pipeline: args[0], error: { exitCode } });
  });

  test.each([
    [['--env', ''], '--env names no environment.'],
    [['-d', ''], '--base-dir names no folder.'],
    [['--allow-outside', ''], '--allow-outside names no folder.'],
  ])('%j is an empty variable of the shell, and the flag is named', async (flags, message) => {
    const { status, stderr } = await tempProject(sums).flowerpower(['pipeline', 'run', 'sums', ...flags]);
    expect(status).toBe(2);
    expect(stderr).toContain(`FP_CLI_USAGE ${message}`);
  });

  test('a pipeline whose name begins with a dash: the next step that is printed works', async () => {
    const { flowerpower } = tempProject(sums);
    const { stderr } = await flowerpower(['pipeline', 'new', '--', '-x']);
    const [, step = ''] = /npx flowerpower (.*)/.exec(stderr) ?? [];
    expect(step).toBe('pipeline run -- -x');
    expect(await flowerpower(step.split(' '))).toMatchObject({ status: 0 });
  });

  test('modules that a variable names are not blamed on the YAML file; what was thrown is said', async () => {
    const { flowerpower } = tempProject({
      ...sums,
      'pipelines/thrown.js': "export const a = () => { throw 'no luck'; };",
    });
    const environment = { env: { FP_PIPELINE__RUN__ADDITIONAL_MODULES: 'shared.nope' } };
    const { stderr } = await flowerpower(['pipeline', 'run', 'sums'], environment);
    expect(stderr).toContain('FP_PIPELINE__RUN__ADDITIONAL_MODULES: there is no module for');
    expect(stderr).not.toContain('sums.yml');
    const thrown = await flowerpower(['pipeline', 'run', 'thrown']);
    expect(thrown.stderr).toContain('The node \'a\' failed: it threw "no luck"');
  });

  test('the places of a document name files as people see them', async () => {
    const { flowerpower } = tempProject({ ...sums, 'pipelines/half.ts': 'export const a = (;\n' });
    const half = await flowerpower(['pipeline', 'run', 'half', '--json']);
    expect(JSON.parse(half.stdout)).toMatchObject({
      status: 'failure',
      error: { places: [{ file: 'pipelines/half.ts', line: 1 }] },
    });
  });

  test('a path in place of the name of a pipeline: the name is suggested', async () => {
    const { flowerpower } = tempProject(sums);
    for (const path of ['conf/pipelines/sums.yml', './pipelines/sums.ts'])
      expect((await flowerpower(['pipeline', 'run', path])).stderr).toContain("Did you mean 'sums'?");
  });

  test('--version and --help', async () => {
    const { flowerpower } = tempProject();
    expect(await flowerpower(['--version'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    const help = await flowerpower(['pipeline', 'run', '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('--max-retries');
  });
});

describe('finding the way', () => {
  test('bare, `help` and `help <command>` print help', async () => {
    const { flowerpower } = tempProject();
    for (const args of [[], ['help'], ['--help']]) {
      const help = await flowerpower(args);
      expect(help).toMatchObject({ status: 0, stderr: '' });
      expect(help.stdout).toMatch(/^Usage: flowerpower \[options\]/);
    }
    for (const args of [
      ['help', 'pipeline', 'run'],
      ['pipeline', 'help', 'run'],
    ]) {
      const help = await flowerpower(args);
      expect(help).toMatchObject({ status: 0, stderr: '' });
      expect(help.stdout).toMatch(/^Usage: flowerpower pipeline run \[options\] \[names\.\.\.\]/);
    }
    expect((await flowerpower(['pipeline'])).stdout).toMatch(/^Usage: flowerpower pipeline /);
  });

  test.each([
    [['run', 'p'], "Unknown command 'run'.", "Did you mean 'flowerpower pipeline run p'?"],
    [['pipelines', 'run', 'p'], "Unknown command 'pipelines'.", "Did you mean 'flowerpower pipeline run p'?"],
    [
      ['list'],
      "Unknown command 'list'.",
      "Did you mean 'flowerpower pipeline show-pipelines' or 'flowerpower runs ls' or 'flowerpower cache ls'?",
    ],
    [['help', 'run'], "Unknown command 'run'.", "Did you mean 'flowerpower pipeline run'?"],
    [['xyzzy'], "Unknown command 'xyzzy'.", 'See flowerpower --help.'],
    [
      ['pipeline', 'run'],
      'No pipeline is named.',
      'Name one or several, or give --all for every pipeline of the project.',
    ],
    ...[
      [['pipeline', 'run', 'p', '--timeout', '1', '--timeout', '2'], '--timeout is given twice.'],
      [['pipeline', 'run', 'p', '--cache', '--no-cache'], '--cache and --no-cache are given together.'],
      [['check', '--color', '--no-color'], '--color and --no-color are given together.'],
      [['doctor', '-d', 'a', '--base-dir', 'b'], '--base-dir is given twice.'],
      [['cache', 'prune', '--max-age', '1d', '--max-age', '2d'], '--max-age is given twice.'],
      [['cache', 'prune', '--all', '--max-age', '1d'], '--all and --max-age are given together.'],
      [['cache', 'prune', '--max-size', '1MB', '--all'], '--all and --max-size are given together.'],
      [['init', '-n', 'a', '-n', 'b'], '--name is given twice.'],
    ].map(([args, message]) => [args, message, 'Keep one of them.'] as [string[], string, string]),
  ])('%j leads on, and says everything once', async (args, message, hint) => {
    const { flowerpower } = tempProject();
    expect(await flowerpower(args)).toEqual({
      status: 2,
      stdout: '',
      stderr: `error FP_CLI_USAGE ${message}\n  hint  ${hint}\n`,
    });
  });
});

describe('inputs on the command line', () => {
  const run = async (args: readonly string[], stdin?: string) => {
    const { flowerpower } = tempProject(sums);
    return flowerpower(['pipeline', 'run', 'sums', '-q', ...args], stdin === undefined ? {} : { stdin });
  };

  test('pairs, JSON, standard input and configuration', async () => {
    expect((await run(['--inputs', 'x=5'])).stdout).toBe('label  2 * 5 = 10\n');
    expect((await run(['--inputs', '{"x": 6}', '--config', 'style=short'])).stdout).toBe('label  =12\n');
    expect((await run(['--inputs', '-'], '{"x": 7}')).stdout).toBe('label  2 * 7 = 14\n');
    expect((await run(['--set', 'run.inputs.x=8', '--outputs', 'double'])).stdout).toBe('double  16\n');
  });

  test('a comma in a value that was meant as the end of a pair: the hint says how it is written', async () => {
    const refused = await run(['--inputs', 'x=1,word=hello,world']);
    expect(refused.stderr).toContain(
      'A value that holds a comma has a flag of its own: --inputs a=1 --inputs b=x,y.',
    );
  });

  test('a text that is not of the annotated type is refused before anything runs', async () => {
    const refused = await run(['--inputs', 'x=five']);
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    expect(refused.stderr).toContain("--inputs: 'x' must be a number, got 'five'.");
  });
});

describe('typical mistakes: exit code 2, a suggestion, nothing executed', () => {
  const watched = {
    ...sums,
    'pipelines/sums.ts': `import { writeFileSync } from 'node:fs';
export function double({ x }: { x: number }): number {
  writeFileSync('executed', '');
  return 2 * x;
}
export function label({ double }: { double: number }) { return double; }
`,
    'conf/pipelines/sums.yml': 'run:\n  finalVars: [label]\n  inputs: { x: 2 }\n',
  };

  test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ['a pipeline', ['pipeline', 'run', 'sum'], {}, /no pipeline 'sum'[\s\S]*Did you mean 'sums'/],
    [
      'an input',
      ['pipeline', 'run', 'sums', '-i', 'xx=1'],
      {},
      /No node takes the input 'xx'[\s\S]*Inputs: x/,
    ],
    [
      'an output',
      ['pipeline', 'run', 'sums', '-o', 'lable'],
      {},
      /no node 'lable'[\s\S]*Did you mean 'label'/,
    ],
    ['no output at all', ['pipeline', 'run', 'sums', '-o', ' ,,'], {}, /--outputs names no node[\s\S]*empty/],
    [
      'an executor',
      ['pipeline', 'run', 'sums', '--executor', 'locl'],
      {},
      /no executor 'locl'[\s\S]*Did you mean 'local'/,
    ],
    ['a command', ['pipelin'], {}, /[Uu]nknown command 'pipelin'[\s\S]*pipeline/],
    [
      'an option',
      ['pipeline', 'run', 'sums', '--input', 'x=1'],
      {},
      /[Uu]nknown option '--input'[\s\S]*--inputs/,
    ],
    [
      'a configuration key',
      ['pipeline', 'run', 'sums'],
      { 'conf/pipelines/sums.yml': 'run:\n  finalVar: [label]\n' },
      /conf\/pipelines\/sums\.yml:2:3[\s\S]*finalVars/,
    ],
    [
      'a value in YAML',
      ['pipeline', 'run', 'sums'],
      { 'conf/pipelines/sums.yml': 'run:\n  maxConcurrency: many\n' },
      /conf\/pipelines\/sums\.yml:2:19/,
    ],
    [
      'a cycle',
      ['pipeline', 'run', 'sums'],
      {
        'pipelines/sums.ts':
          'export const a = ({ b }: { b: 1 }) => b;\nexport const b = ({ a }: { a: 1 }) => a;\n',
      },
      /a needs b needs a[\s\S]*pipelines\/sums\.ts:1/,
    ],
    [
      'a syntax error',
      ['pipeline', 'run', 'sums'],
      { 'pipelines/sums.ts': 'export const a = (;\n' },
      /pipelines\/sums\.ts:1:19/,
    ],
    [
      'no project',
      ['pipeline', 'run', 'sums', '--base-dir', 'nowhere'],
      {},
      /no project[\s\S]*flowerpower init/,
    ],
    [
      'an environment',
      ['pipeline', 'run', 'sums', '--env', 'prd'],
      { 'conf/env/prod.yml': 'pipeline: {}\n' },
      /Did you mean 'prod'/,
    ],
  ])('%s', async (_, args, files, message) => {
    const { root, flowerpower } = tempProject({ ...watched, ...files });
    const ended = await flowerpower(args);
    expect(ended.stderr).toMatch(message);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(readdirSync(root)).not.toContain('executed');
  });
});

describe('failing runs', () => {
  test('a failing node: name, TypeScript place, cause, exit code 1, and the saved file stays whole', async () => {
    const { root, flowerpower, read } = tempProject({
      ...conf,
      'pipelines/bad.ts': `export function rows() {
  return [{ a: 1 }, { a: 2n ** 70n, b: () => 1 }];
}
export function total({ rows }: { rows: unknown[] }): number {
  throw new TypeError(\`no total of \${rows.length} rows\`);
}
`,
      'conf/pipelines/bad.yml': 'io:\n  save:\n    rows: { type: json, path: output/rows.json }\n',
      'output/rows.json': 'old\n',
    });
    const ended = await flowerpower(['pipeline', 'run', 'bad', '-o', 'total']);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/FP_NODE_FAILED The node 'total' failed: no total of 2 rows/);
    expect(ended.stderr).toMatch(/at\s+pipelines\/bad\.ts:4:/);
    expect(ended.stderr).toMatch(/cause TypeError\s+at total \(pipelines\/bad\.ts:5:/);
    expect(ended.stderr).not.toContain('dist');

    const saving = await flowerpower(['pipeline', 'run', 'bad', '-o', 'rows', '--json']);
    expect(saving.status).toBe(1);
    expect(JSON.parse(saving.stdout).error).toMatchObject({ code: 'FP_NODE_FAILED', exitCode: 1 });
    expect(read('output/rows.json')).toBe('old\n');
    expect(readdirSync(join(root, 'output'))).toEqual(['rows.json']);
  });

  test('a timeout ends with 124', async () => {
    const { flowerpower } = tempProject({
      ...conf,
      'pipelines/slow.ts': `export async function slow(_: object, ctx: { signal: AbortSignal }) {
  await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
}`.replace('_: object', '{}: object'),
      'conf/pipelines/slow.yml': '',
    });
    const ended = await flowerpower(['pipeline', 'run', 'slow', '--timeout', '0.1']);
    expect(ended).toMatchObject({ status: 124, stderr: expect.stringContaining('FP_RUN_TIMEOUT') });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s cancels the run and ends with %i', async (signal, status) => {
    const { flowerpower } = tempProject({
      ...conf,
      'pipelines/slow.ts': `export async function slow({}: object, { signal, log }: { signal: AbortSignal; log: Console }) {
  log.info('waiting');
  const keepAlive = setInterval(() => {}, 1000);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  clearInterval(keepAlive);
}`,
      'conf/pipelines/slow.yml': '',
    });
    let sent = false;
    const ended = await flowerpower(['pipeline', 'run', 'slow'], {
      onStderr(text, kill) {
        if (!sent && text.includes('waiting')) {
          sent = true;
          kill(signal);
        }
      },
    });
    expect(ended).toMatchObject({ status, stdout: '' });
  });
});

describe('looking', () => {
  test('show-dag draws text, prints Mermaid and DOT; save-dag writes a picture', async () => {
    const { flowerpower, read } = tempProject(sums);
    expect((await flowerpower(['pipeline', 'show-dag', 'sums'])).stdout).toContain('double');
    expect((await flowerpower(['pipeline', 'show-dag', 'sums', '-f', 'mermaid'])).stdout).toMatch(
      /^flowchart|^---/,
    );
    expect((await flowerpower(['pipeline', 'show-dag', 'sums', '-f', 'dot'])).stdout).toMatch(/^digraph/);
    const saved = await flowerpower(['pipeline', 'save-dag', 'sums', '-p', 'pictures/sums.svg']);
    expect(saved).toMatchObject({ status: 0, stdout: "Saved the graph of 'sums' to pictures/sums.svg\n" });
    expect(read('pictures/sums.svg')).toContain('<svg');
    const unknown = await flowerpower(['pipeline', 'save-dag', 'sums', '-p', 'sums.jpg']);
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('.svg, .png') });
  });

  test('show-pipelines lists them; doctor finds what is wrong', async () => {
    const { flowerpower, write } = tempProject(sums);
    expect((await flowerpower(['pipeline', 'ls'])).stdout).toBe('sums  conf/pipelines/sums.yml\n');
    expect(await flowerpower(['doctor'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('✓ pipeline sums'),
    });
    write({ 'conf/pipelines/lost.yml': 'run: {}\n' });
    const sick = await flowerpower(['doctor']);
    expect(sick.status).toBe(2);
    expect(sick.stdout).toMatch(/✗ pipeline lost\s+FP_MODULE_NOT_FOUND/);
  });
});

describe('the cache', () => {
  const cached = { ...sums, 'conf/pipelines/sums.yml': `${sums['conf/pipelines/sums.yml']}  cache: true\n` };

  test('a second run says what came from it, per node and in sum; flags win over the configuration', async () => {
    const { flowerpower } = tempProject(cached);
    const first = await flowerpower(['pipeline', 'run', 'sums']);
    expect(first.stderr).not.toContain('cache');
    const second = await flowerpower(['pipeline', 'run', 'sums']);
    expect(second.stdout).toBe('label  2 * 2 = 4\n');
    expect(second.stderr).toContain('✓ double  from the cache\n');
    expect(second.stderr).toMatch(/✓ sums finished in .*, 2 of 2 nodes from the cache\n/);
    const machine = JSON.parse((await flowerpower(['pipeline', 'run', 'sums', '--json'])).stdout);
    expect(machine.nodes.double).toEqual({
      status: 'success',
      durationMs: expect.any(Number),
      cached: true,
    });
    const other = await flowerpower([
      'pipeline',
      'run',
      'sums',
      '-i',
      'x=1',
      '--set',
      'run.cache.recompute=label',
    ]);
    expect(other.stderr).not.toContain('cache');
    const off = await flowerpower(['pipeline', 'run', 'sums', '--no-cache']);
    expect(off.stderr).not.toContain('cache');
  });

  test('what killed runs left beside outputs and in the cache is reported, and removed by prune and the next run', async () => {
    const saving =
      'run: { finalVars: [double] }\nio: { save: { double: { type: json, path: out/double.json } } }\n';
    const project = tempProject({ ...sums, 'conf/pipelines/sums.yml': `${saving}params: { x: 2 }\n` });
    const { flowerpower, root, write } = project;
    const { pid } = spawnSync(process.execPath, ['--version']);
    const left = (name: string) => tempName(name).replace(`.${process.pid}.`, `.${pid}.`);
    const strange = tempName('double.json').replace(/\.[0-9a-f]{8}\./, '.01234567.');
    write({
      [`out/${left('double.json')}`]: 'half',
      [`out/${strange}`]: 'half',
      [`.flowerpower/cache/keys/ab/${left('k')}`]: 'half',
    });
    const { stdout } = await flowerpower(['doctor']);
    expect(stdout).toContain('! pipeline sums  1 unfinished file of a dead process (4 bytes) in file:///');
    expect(stdout).toContain(`unfinished files of another machine, which may still be writing them:\n`);
    expect(stdout).toContain(`out/${strange}`);
    expect(stdout).toMatch(
      /! cache +1 unfinished file of a dead process \(4 bytes\) in \.flowerpower\/cache/,
    );
    expect((await flowerpower(['cache', 'ls'])).stdout).toContain(
      '1 unfinished file of a dead process (4 bytes)',
    );
    expect((await flowerpower(['cache', 'prune'])).stdout).toContain(
      'removed 0 files and 1 unfinished file of a dead process, 4 bytes',
    );
    await flowerpower(['pipeline', 'run', 'sums']);
    expect(readdirSync(join(root, 'out')).sort()).toEqual([strange, 'double.json'].sort());
  });

  test('--cache switches it on; ls shows it, prune empties it', async () => {
    const { flowerpower, read } = tempProject(sums);
    for (const _ of [1, 2]) await flowerpower(['pipeline', 'run', 'sums', '--cache']);
    expect(read('.flowerpower/cache/.gitignore')).toBe('*\n');
    expect((await flowerpower(['cache', 'ls'])).stdout).toMatch(
      /^\.flowerpower\/cache  2 entries, \d+ bytes, last written \d{4}-.*Z, used by no pipeline\n$/,
    );
    const listed = JSON.parse((await flowerpower(['cache', 'ls', '--json'])).stdout);
    expect(listed).toEqual({
      caches: [
        {
          dir: '.flowerpower/cache',
          pipelines: [],
          entries: 2,
          sizeBytes: expect.any(Number),
          oldest: expect.any(String),
          newest: expect.any(String),
          abandonedFiles: 0,
          abandonedBytes: 0,
        },
      ],
    });
    const kept = await flowerpower(['cache', 'prune', '--max-age', '7d', '--max-size', '1MB']);
    expect(kept.stdout).toMatch(/^\.flowerpower\/cache  removed 0 files, 0 bytes; \d+ bytes left\n$/);
    const pruned = JSON.parse((await flowerpower(['cache', 'prune', '--all', '--json'])).stdout);
    expect(pruned).toMatchObject({ caches: [{ deletedFiles: 2, sizeBytes: 0 }] });
    expect((await flowerpower(['cache', 'ls'])).stdout).toMatch(/^\.flowerpower\/cache  0 entries, 0 bytes/);
  });

  test.each([
    [['cache', 'prune', '--max-size', '10'], 'It must be a size'],
    [['cache', 'prune', '--max-age', '7w'], 'It must be an age'],
    [['pipeline', 'run', 'sums', '--set', 'run.cache.recompute=lable'], "Did you mean 'label'?"],
    [['pipeline', 'run', 'sums', '--set', 'run.cache.recomput=a'], "Did you mean 'recompute'?"],
  ])('%j is a mistake', async (args, message) => {
    const { flowerpower } = tempProject(cached);
    expect(await flowerpower(args)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});

test('fan-outs and branches: one line for each node, with its items', async () => {
  const { flowerpower } = tempProject({
    ...conf,
    'pipelines/pages.ts': `
import { branch, collect, from, loadFrom, node, parallelizable, saveTo, source, to } from 'flowerpower';

export const file = node(({ files }: { files: string[] }) => files, parallelizable());
export const words = node(({ text }: { text: string }) => {
  if (text === '') throw new Error('nothing in it');
  return text.split(' ').length;
}, loadFrom({ text: from.text({ path: source('file') }) }));
export const total = node(
  ({ words }: { words: PromiseSettledResult<number>[] }) =>
    words.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0),
  collect('words', { onItemError: 'collect' }),
  saveTo(to.json({ path: 'out/total.json' })),
);
export const size = ({ total }: { total: number }) => (total > 3 ? 'long' : 'short');
export const long = () => 'a long read';
export const short = () => 'a short read';
export const verdict = branch('size', { long: 'long', short: 'short' });
`,
    'conf/pipelines/pages.yml':
      'run:\n  finalVars: [total, verdict, save.total]\n  inputs: { files: [a.txt, b.txt, c.txt] }\n',
    'a.txt': 'one two',
    'b.txt': '',
    'c.txt': 'three four five',
  });
  const { stdout, stderr, status } = await flowerpower(['pipeline', 'run', 'pages']);
  expect({ stdout, status }).toEqual({ stdout: 'total    5\nverdict  a long read\n', status: 0 });
  expect(stderr).toMatch(/! words  3 items, .*  1 failed\n/);
  expect(stderr).toContain('– short  not chosen\n');
  expect(stderr).toContain('→ out/total.json  2 bytes\n');
  const machine = JSON.parse((await flowerpower(['pipeline', 'run', 'pages', '--json'])).stdout);
  expect(machine).toMatchObject({
    outputs: { total: 5 },
    saved: { total: { format: 'json' } },
    nodes: { words: { status: 'success', items: 3, failedItems: 1 }, short: { status: 'not-chosen' } },
  });
});

describe('check', () => {
  const checked = {
    ...conf,
    'package.json': '{ "type": "module" }\n',
    'tsconfig.json':
      '{ "compilerOptions": { "module": "NodeNext", "strict": true, "skipLibCheck": true } }\n',
    'pipelines/sums.ts': `export function double({ x }: { x: number }): number {
  return 2 * x;
}
export function label({ double, made }: { double: number; made: string }): string {
  return made + double;
}
`,
    'pipelines/extra.js': 'export const made = ({ word }) => word;\n',
    'conf/pipelines/sums.yml': 'run:\n  additionalModules: [extra]\n  inputs: { word: a }\n',
  };

  const withTypeScript = (files: Readonly<Record<string, string>>) => {
    const project = tempProject(files);
    const compiler = realpathSync(join(import.meta.dirname, '../../../node_modules/ts7'));
    symlinkSync(compiler, join(project.root, 'node_modules', 'typescript'), 'junction');
    return project;
  };

  test('shows what no input gives, and what cannot be checked with the reason', async () => {
    const { flowerpower } = withTypeScript(checked);
    const ended = await flowerpower(['check', '--allow-open-inputs']);
    expect(ended.status).toBe(0);
    // The additional module belongs to it, and is not a pipeline that is checked on its own.
    expect(ended.stdout).not.toContain('extra');
    expect(ended.stdout).toMatch(/^✓ sums  \d edges? checked, \d not checkable with TypeScript/);
    expect(ended.stderr).toMatch(/^ {2}\d edges? not checked: 'made' comes from no TypeScript module$/m);
    expect(ended.stderr).toMatch(
      /warning No node, input or loader gives 'x' \(number\), which double needs\. \(pipelines\/sums\.ts:1/,
    );
    const required = await flowerpower(['check']);
    expect(required).toMatchObject({ status: 1, stdout: expect.stringContaining('✗ sums  1 problem;') });
    expect(required.stderr).toContain('FP_CHECK_MISSING_INPUT');
  });

  test.each([
    ['a typo in finalVars', 'run: { finalVars: [doubel], inputs: { x: 1 } }', "'doubel'"],
    ['an unknown input', 'run: { inputs: { x: 1, word: a, wrd: b }, additionalModules: [extra] }', "'wrd'"],
    ['a misspelt parameter', 'run: { inputs: { x: 1 } }', "'made'"],
  ])('%s: check and doctor say what run would', async (_fault, config, name) => {
    const { flowerpower } = withTypeScript({ ...checked, 'conf/pipelines/sums.yml': `${config}\n` });
    const ended = await flowerpower(['check', 'sums']);
    expect(ended).toMatchObject({ status: 1, stderr: expect.stringContaining(name) });
    const { findings } = JSON.parse((await flowerpower(['doctor', '--json'])).stdout) as {
      findings: { subject: string; status: string; message: string }[];
    };
    expect(findings).toContainEqual(
      expect.objectContaining({
        subject: 'pipeline sums',
        status: 'fault',
        message: expect.stringContaining(name),
      }),
    );
    expect((await flowerpower(['doctor'])).status).toBe(2);
    expect((await flowerpower(['pipeline', 'run', 'sums'])).status).toBe(2);
  });

  test('variants that the configuration fits none of: run and check say where to give what they ask for', async () => {
    const rates = `import { node, when } from 'flowerpower';
export const rate__uk = node(() => 1, when({ country: 'uk' }));
export const price = ({ rate }: { rate: number }) => rate;
`;
    const { flowerpower } = withTypeScript({ ...checked, 'pipelines/sums.ts': rates });
    for (const command of [
      ['check', 'sums'],
      ['pipeline', 'run', 'sums', '-o', 'price'],
    ]) {
      const { stderr } = await flowerpower(command);
      expect(stderr).toMatch(/Variants of 'rate' exist.*under run\.config, or with -c name=value\./);
      expect(stderr).not.toContain('--inputs rate');
    }
    const given = await flowerpower(['pipeline', 'run', 'sums', '-o', 'price', '-c', 'country=uk']);
    expect(given).toMatchObject({ status: 0, stdout: 'price  1\n' });
  });

  test('a value of a wrong type: doctor says what check says', async () => {
    const config = 'run: { inputs: { x: one, word: a }, additionalModules: [extra] }\n';
    const { flowerpower } = withTypeScript({ ...checked, 'conf/pipelines/sums.yml': config });
    expect(await flowerpower(['check'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("FP_EDGE_TYPE The input 'x' is string"),
    });
    const { status, stdout } = await flowerpower(['doctor']);
    expect(status).toBe(2);
    expect(stdout).toMatch(/✗ pipeline sums +FP_EDGE_TYPE The input 'x' is string/);
  });

  test('an input that is given when it is run: check and doctor take it where they are told so', async () => {
    const config = 'run: { additionalModules: [extra], inputs: { word: a } }\n';
    const { flowerpower } = withTypeScript({ ...checked, 'conf/pipelines/sums.yml': config });
    for (const [command, code] of [
      ['check', 1],
      ['doctor', 2],
    ] as const) {
      expect((await flowerpower([command])).status).toBe(code);
      const reported = await flowerpower([command, '--allow-open-inputs']);
      expect(reported.status).toBe(0);
      expect(`${reported.stdout}${reported.stderr}`).toContain("gives 'x'");
    }
    expect((await flowerpower(['pipeline', 'run', 'sums', '-i', 'x=1'])).status).toBe(0);
  });

  test('only what the outputs need is missed', async () => {
    const { flowerpower } = withTypeScript({
      ...checked,
      'conf/pipelines/sums.yml':
        'run:\n  additionalModules: [extra]\n  finalVars: [made]\n  inputs: { word: a }\n',
    });
    expect((await flowerpower(['check'])).status).toBe(0);
  });
});

test('what is said after a command named another place than it was given, or left flags out', async () => {
  const folder = tempProject({
    'shop/conf/project.yml': '',
    'shop/conf/env/prod.yml': '',
    'shop/pipelines/plain.ts': 'export const plain = (): number => 1;\n',
  });
  const made = await folder.flowerpower(['pipeline', 'new', 'hello', '-d', 'shop', '--env', 'prod']);
  expect(made.stderr).toContain('  npx flowerpower pipeline run hello --base-dir shop --env prod\n');
  const cwd = join(folder.root, 'shop');
  const copied = await folder.flowerpower(['pipeline', 'export', 'plain', '--to', '../new'], { cwd });
  expect(copied.stdout).toBe("Copied 'plain' to ../new\n  pipelines/plain.ts\n");
});
