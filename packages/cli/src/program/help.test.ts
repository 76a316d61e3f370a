/** Every command, as the tree of commands has it: a new one is tried here without a line of its own. */
import { readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inProcess } from '../__fixtures__/in-process.js';
import { createTempProject, type Ended } from '../__fixtures__/temp-project.js';
import { explainedCodes } from '../explain/catalogues.js';
import { findCommand, pathOf } from '../find-command.js';
import type { Terminal } from '../terminal/terminal.js';
import { buildProgram } from './build-program.js';

// Nothing of the terminal is used before a command is called, but to print help.
const program = buildProgram({} as Terminal, () => () => Promise.resolve());
const leaves = leavesOf(program).filter((command) => !isHidden(command));

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function isHidden(command: Command): boolean {
  return (
    command.parent !== null && !command.parent.createHelp().visibleCommands(command.parent).includes(command)
  );
}

const wordsOf = (command: Command) => pathOf(command).split(' ').slice(1);

/** The lines below "Examples:", as words. */
async function examplesOf(command: Command): Promise<string[]> {
  const { stdout } = await inProcess([...wordsOf(command), '--help'], { cwd: '/' });
  const [, below = ''] = stdout.split('\nExamples:\n');
  return [...below.matchAll(/^ {2}flowerpower (.*?) +# /gm)].map(([, line]) => line!);
}

/** A run that failed, as the last one. */
const run = { runId: '019c15a5-1f80-7000-8000-000000000000', pipeline: 'sales' };
const event = { v: 1, ts: '2026-02-01T00:00:00.000Z', ...run };
const header = {
  v: 1,
  ...run,
  startedAt: event.ts,
  process: { pid: 1, startedAt: event.ts, host: 'other', machine: '00000000', start: '0' },
  configHash: '',
  configuration: {},
  inputs: {},
  overrides: {},
  nodeVersions: {},
};
const finished = {
  ...event,
  type: 'run.finished',
  seq: 1,
  result: 'failure',
  durationMs: 1,
  attempts: 1,
  nodes: { succeeded: 0, failed: 1, skipped: 0, notChosen: 0, cached: 0 },
};
const failed = {
  [`.flowerpower/runs/${run.runId}/run.json`]: JSON.stringify(header),
  [`.flowerpower/runs/${run.runId}/events.ndjson`]: `${JSON.stringify(finished)}\n`,
};

/** What the examples name. */
const files = {
  ...failed,
  'conf/project.yml': 'name: shop\n',
  'conf/env/prod.yml': '',
  'conf/pipelines/sales.yml': 'params: { report: { currency: EUR } }\n',
  'pipelines/sales.ts':
    'export const report = ({ day = "today", currency }: { day?: string; currency: string }): string => day + currency;\n',
  'conf/pipelines/costs.yml': '',
  'pipelines/costs.ts': 'export const costs = (): number => 1;\n',
  'day.json': '{ "day": "2026-01-31" }\n',
};

/** What `check` checks with. */
const compiler = realpathSync(join(import.meta.dirname, '../../../../node_modules/ts7'));

/** The working folder of an example: a project, beside which there are others; for init nothing yet. */
function workingFolder(line: string): string {
  const made = createTempProject({
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`own/${path}`, text])),
    'shop/conf/project.yml': 'name: shop\n',
    'shop/pipelines/returns.ts': files['pipelines/costs.ts'],
    'backup/conf/project.yml': 'name: backup\n',
    'empty/README.md': '',
  });
  onTestFinished(() => made.remove());
  symlinkSync(compiler, join(made.root, 'node_modules', 'typescript'), 'junction');
  return join(made.root, line.startsWith('init') ? 'empty' : 'own');
}

function runExample(line: string, more: readonly string[]): Promise<Ended> {
  const cwd = workingFolder(line);
  const words = line.split(' ').filter((word) => word !== '--json');
  // A file that a flag names is read from the folder of this very process.
  return inProcess([...words.map((word) => word.replace('@', () => `@${cwd}/`)), ...more], { cwd });
}

/** A program reads them line by line, or they wait for what comes. */
const follow = /--watch|--follow|^dev\b| -f\b/;

describe.each(leaves.map((command) => [wordsOf(command).join(' '), command] as const))(
  '%s',
  (_name, command) => {
    test('help says what it does and gives examples that it takes', async () => {
      expect(command.description()).not.toBe('');
      const lines = await examplesOf(command);
      expect(lines).not.toEqual([]);
      for (const line of lines) {
        const found = findCommand(program, line.split(' '));
        expect(pathOf(found.command)).toBe(pathOf(command));
      }
    });

    test('C49 its examples run, with --json and without: documents, and no control sequences', async () => {
      const lines = (await examplesOf(command)).filter((line) => !line.includes('://') && !follow.test(line));
      for (const line of lines) {
        if (line.includes('--reporter')) continue;
        const programs = await runExample(line, ['--json']);
        expect(programs, `${line}\n${programs.stderr}`).toMatchObject({ status: 0 });
        expect(JSON.parse(programs.stdout)).toBeTypeOf('object');
        if (line !== lines[0]) continue;
        const people = await runExample(line, []);
        expect(people, `${line}\n${people.stderr}`).toMatchObject({ status: 0 });
        expect(people.stdout + people.stderr).not.toContain('\u001b');
      }
    });

    test('C50 a flag that nothing knows: exit code 2, said once, in the document of --json too', async () => {
      const args = [...wordsOf(command), '--no-such-flag'];
      const people = await inProcess(args, { cwd: '/' });
      expect(people).toMatchObject({ status: 2, stdout: '' });
      expect(people.stderr).toMatch(/^error FP_CLI_USAGE .*\n {2}hint {2}.*\n$/);
      const programs = await inProcess([...args, '--json'], { cwd: '/' });
      expect(programs).toMatchObject({ status: 2, stderr: '' });
      expect(JSON.parse(programs.stdout)).toMatchObject({ error: { code: 'FP_CLI_USAGE', exitCode: 2 } });
    });
  },
);

test('explain knows every code of the reference, near names are suggested, and advice is about codes that exist', async () => {
  const page = readFileSync(new URL('../../../../docs/reference/errors.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `(FP_\w+)`/gm)].map(([, code]) => code);
  const known = explainedCodes();
  expect(known.map(({ code }) => code)).toEqual(listed);
  const { advice } = await import('../explain/advice.js');
  expect(Object.keys(advice).filter((code) => !listed.includes(code))).toEqual([]);
  for (const asked of ['FP_UNKNOWN_OUTPUT', 'unknown-output'])
    expect(await inProcess(['explain', asked], { cwd: '/' })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('A requested output is not a node of the graph.\n\nExit code 2: '),
    });
  expect(await inProcess(['explain', 'FP_UNKOWN_OUTPUT'], { cwd: '/' })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Did you mean 'FP_UNKNOWN_OUTPUT'"),
  });
});
