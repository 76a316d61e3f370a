/**
 * Follows guides of the command as their reader would: files are written, commands are run, and what they print is compared with
 * the page. A block with a path behind its language is a file; `sh no-run` is not run; a text that begins with `…` is the end of
 * what is printed, and `…` alone says nothing. docs/reference/commands.md is written anew by `npx vitest run tools/docs -u`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { inProcess, wordsOf } from '../../packages/cli/src/__fixtures__/in-process.js';
import { createTempProject } from '../../packages/cli/src/__fixtures__/temp-project.js';
import { pathOf } from '../../packages/cli/src/find-command.js';
import { buildProgram } from '../../packages/cli/src/program/build-program.js';

type Command = ReturnType<typeof buildProgram>;
type Option = Command['options'][number];

const bin = fileURLToPath(new URL('../../packages/cli/bin.mjs', import.meta.url));

const guide = (page: string) => new URL(`../../docs/guide/${page}`, import.meta.url);

test.each(['first-hour.md', 'command-line.md', 'from-hamilton.md', 'from-flowerpower-python.md'])(
  '%s: every command does what the page says',
  async (page) => {
    const project = createTempProject();
    onTestFinished(() => project.remove());
    const text = readFileSync(guide(page), 'utf8');
    let cwd = project.root;
    let printed = '';
    /** Modules of the page import the package, which a process of its own finds as it is built. */
    let imports = false;
    for (const [, language, info = '', body] of text.matchAll(/^```(\w+)(?: ([^\n]+))?\n(.*?)^```$/gms)) {
      if (/[./]/.test(info)) {
        mkdirSync(dirname(join(cwd, info)), { recursive: true });
        writeFileSync(join(cwd, info), body!);
        if (language === 'ts' && body!.includes("from 'flowerpower'")) imports = true;
        if (info === 'main.mjs')
          printed = spawnSync(process.execPath, [info], { cwd, encoding: 'utf8' }).stdout;
      } else if (language === 'sh' && info !== 'no-run') {
        printed = '';
        for (const line of body!.trim().split('\n')) {
          for (const step of line.replace(/ +# .*/, '').split(' && ')) {
            if (step.startsWith('cd ')) cwd = join(cwd, step.slice(3));
            else {
              const [program, ...args] = wordsOf(step);
              expect(program).toBe('flowerpower');
              printed += imports ? inShell(args, cwd) : (await inProcess(args, { cwd })).both;
            }
          }
        }
      } else if (language === 'text') {
        compare(printed, body!);
      }
    }
  },
);

/** Both streams as one, as a terminal has them. */
function inShell(args: readonly string[], cwd: string): string {
  const line = `"$0" "$@" 2>&1`;
  return spawnSync('sh', ['-c', line, process.execPath, bin, ...args], { cwd, encoding: 'utf8' }).stdout;
}

function compare(printed: string, wanted: string): void {
  const [first, ...rest] = steady(wanted).split('\n');
  if (first !== '…') expect(steady(printed)).toBe(steady(wanted));
  else
    expect(steady(printed).endsWith(rest.join('\n')), `${printed}\nends otherwise than\n${wanted}`).toBe(
      true,
    );
}

function steady(text: string): string {
  return text.replaceAll(/[\d.]+ m?s\b/g, 'N ms').replaceAll(/run [\da-f-]{36}/g, 'run ID');
}

test('the reference of commands is what the program takes', async () => {
  await expect(reference()).toMatchFileSnapshot('../../docs/reference/commands.md');
});

/** Each command with what it takes; what all of them take stands once above. */
function reference(): string {
  const program = buildProgram({} as never, () => () => Promise.resolve());
  const leaves = leavesOf(program);
  const everywhere = leaves[0]!.options.filter(({ long }) => leaves.every((leaf) => hasOption(leaf, long)));
  const ofProjects = leaves
    .find((leaf) => leaf.name() === 'check')!
    .options.filter(({ long }) =>
      ['--base-dir', '--env', '--allow-outside', '--no-env-file', '--storage-options'].includes(long!),
    );
  const shared = [...everywhere, ...ofProjects];
  const sections = leaves.map((leaf) => {
    const own = leaf.options.filter(
      (option) => !option.hidden && !shared.some(({ long }) => long === option.long),
    );
    // The settings of run: have a page of their own.
    const shown = own.filter((option) => option.helpGroupHeading === undefined);
    const settings =
      shown.length < own.length ? ['', 'Besides a flag for every [run option](run-options.md).'] : [];
    const table = shown.length === 0 ? [] : ['', ...tableOf(shown)];
    return [`## \`${usageOf(leaf)}\``, '', sentence(leaf.description()), ...table, ...settings, ''].join(
      '\n',
    );
  });
  return [
    '# Commands',
    '',
    'This page is generated from the program. What goes where, exit codes and reporters: [the command line](../guide/command-line.md).',
    '',
    `Every command takes ${listOf(everywhere)} and \`--help\`; those that open a project ${listOf(ofProjects)}, too.`,
    '',
    ...tableOf(shared),
    '',
    ...sections,
  ].join('\n');
}

function leavesOf(command: Command): Command[] {
  const children = command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help');
  return children.length === 0 ? [command] : children.flatMap(leavesOf);
}

function hasOption(command: Command, long: string | undefined): boolean {
  return command.options.some((option) => option.long === long);
}

function usageOf(command: Command): string {
  const places = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [pathOf(command), ...places].join(' ');
}

function tableOf(options: readonly Option[]): string[] {
  const rows = options.map((option) => [`\`${option.flags}\``, option.description.replaceAll('<', '&lt;')]);
  return [['flag', 'what it does'], ['---', '---'], ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );
}

function listOf(options: readonly Option[]): string {
  return options.map(({ long }) => `\`${long}\``).join(', ');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
