/** Completion, as a person presses Tab in a real Bash. */
import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inProcess } from '../__fixtures__/in-process.js';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';
import { buildProgram } from '../program/build-program.js';
import type { Terminal } from '../terminal/terminal.js';
import { candidatesFor, type CompletionSources } from './candidates.js';
import { scripts } from './scripts.js';

let project: TempProject;
beforeAll(() => {
  const bin = join(import.meta.dirname, '..', '..', 'bin.mjs');
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/env/prod.yml': '',
    'conf/pipelines/sales.yml': '',
    'pipelines/sales.ts': `throw new Error('imported');
export async function report() {}
export const total__eur = 1, x = 2;
export const total__usd = 1;
export { report as daily, x as default };
`,
    'pipelines/costs.ts': 'export const costs = (): number => 1;\n',
    'bin/flowerpower': `#!/bin/sh\nexec ${process.execPath} ${bin} "$@"\n`,
  });
  chmodSync(join(project.root, 'bin/flowerpower'), 0o755);
});
afterAll(() => project.remove());

/** What Bash offers at the end of each line. */
function inBash(...lines: readonly string[]): string[] {
  const tries = lines.map(
    (
      line,
    ) => `COMP_LINE=${quoted(line)}; COMP_WORDS=(${line}${line.endsWith(' ') ? " ''" : ''}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_flowerpower flowerpower "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD - 1]}"; echo "\${COMPREPLY[*]}"`,
  );
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${scripts.bash}\n${tries.join('\n')}`], {
    cwd: project.root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(project.root, 'bin')}:${process.env['PATH']}` },
  });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

const quoted = (text: string) => `'${text}'`;

test.skipIf(process.platform === 'win32')(
  'Bash offers commands, flags, pipelines and nodes; no module is imported',
  () => {
    expect(
      inBash(
        'flowerpower pip',
        'flowerpower pipeline run ',
        'flowerpower pipeline run sales --outputs total,',
        'flowerpower pipeline run sales --env = pr',
        'flowerpower pipeline save-dag sales --format ',
      ),
    ).toEqual([
      'pipeline',
      'costs sales',
      'total,report total,daily',
      'prod',
      'svg png pdf mermaid dot json',
    ]);
  },
);

describe('what may stand at the cursor', () => {
  const program = buildProgram({} as Terminal, () => () => Promise.resolve());
  const sources: CompletionSources = {
    pipelines: () => Promise.resolve(['sales', 'costs']),
    nodes: (pipeline) => Promise.resolve([`${pipeline}Total`, `${pipeline}Report`]),
    environments: () => Promise.resolve(['dev', 'prod']),
    codes: () => Promise.resolve(['FP_CYCLE']),
    runs: () => Promise.resolve(['01a2']),
    paths: (begun, kind) => Promise.resolve([`${begun}${kind}/`]),
  };
  test.each<[string, readonly string[], readonly string[]]>([
    ['a group', ['schema', ''], ['export']],
    ['a flag', ['pipeline', 'run', 'sales', '--log'], ['--log-level']],
    ['a flag that was given is not offered again', ['check', '--json', '--js'], []],
    [
      'one that may be repeated is',
      ['pipeline', 'run', 'sales', '--allow-outside', 'a', '--allow-o'],
      ['--allow-outside'],
    ],
    ['the choices of a flag', ['pipeline', 'run', 'sales', '--log-level', 'W'], ['WARNING']],
    ['a flag with its value in one word', ['pipeline', 'run', 'sales', '--env=p'], ['--env=prod']],
    ['a flag with its value as Bash splits it', ['pipeline', 'run', 'sales', '--env', '='], ['dev', 'prod']],
    ['the short letter of a flag', ['pipeline', 'run', 'sales', '-o', 'salesT'], ['salesTotal']],
    [
      'the flag of the Python original',
      ['pipeline', 'run', 'sales', '--final-vars', ''],
      ['salesTotal', 'salesReport'],
    ],
    ['a list that goes on', ['pipeline', 'run', 'costs', '-o', 'costsTotal,'], ['costsTotal,costsReport']],
    ['a second name where several are taken', ['pipeline', 'export', 'sales', ''], ['costs']],
    ['behind --, no flags', ['pipeline', 'run', '--', 's'], ['sales']],
    ['a new name cannot be known', ['pipeline', 'new', ''], []],
    ['a folder', ['check', '--base-dir', 'sh'], ['shfolders/']],
    ['a code', ['explain', 'FP_'], ['FP_CYCLE']],
    ['a run', ['runs', 'show', ''], ['last', '01a2']],
    ['a shell', ['completion', 'z'], ['zsh']],
    ['nothing behind the last operand', ['explain', 'FP_CYCLE', ''], []],
    ['nothing behind a word that is no command', ['pipelin', ''], []],
  ])('%s', async (_title, words, values) => {
    expect((await candidatesFor(program, words, sources)).map(({ value }) => value)).toEqual(values);
  });

  test('a command of two words has none of its own', async () => {
    expect(await candidatesFor(new Command('x'), [''], sources)).toEqual([]);
  });
});

test('outside of a project, and where a file cannot be read, nothing is offered and nothing is said', async () => {
  for (const args of [
    ['pipeline', 'run', ''],
    ['pipeline', 'run', 'sales', '-o', ''],
    ['init', '/no/such/'],
  ])
    expect(await inProcess(['__complete', '--', ...args], { cwd: '/' })).toMatchObject({
      stdout: '',
      stderr: '',
      status: 0,
    });
});

test.each(['bash', 'zsh', 'fish', 'pwsh'])('%s has a script that says how it is used', async (shell) => {
  const { stdout, status } = await inProcess(['completion', shell], { cwd: '/' });
  expect(status).toBe(0);
  expect(stdout).toContain('__complete');
  expect(stdout).toContain(`flowerpower completion ${shell}`);
});
