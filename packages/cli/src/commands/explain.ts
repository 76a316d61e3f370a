import { didYouMean, FlowerPowerError } from '@flowerpower/core';
import type { CliErrorCode } from '../errors/catalogue.js';
import { success } from '../errors/exit-code.js';
import { type ExplainedCode, explainedCodes } from '../explain/catalogues.js';
import type { Terminal } from '../terminal/terminal.js';
import { type CommonOptions, printJson } from './options.js';

export async function explain(
  asked: string | undefined,
  { json }: CommonOptions,
  terminal: Terminal,
): Promise<number> {
  const codes = explainedCodes();
  const found = asked === undefined ? undefined : find(asked, codes);
  if (json) printJson(terminal, found ?? { codes });
  else terminal.out(found === undefined ? list(codes, terminal) : describe(found, terminal));
  return success;
}

/** In any case, with dashes, and with or without `FP_`: as people type it. */
function find(asked: string, codes: readonly ExplainedCode[]): ExplainedCode {
  const name = asked.trim().toUpperCase().replaceAll('-', '_');
  const wanted = name.startsWith('FP_') ? name : `FP_${name}`;
  const found = codes.find(({ code }) => code === wanted);
  if (found !== undefined) return found;
  const near = didYouMean(
    wanted,
    codes.map(({ code }) => code),
  );
  const code: CliErrorCode = 'FP_CLI_USAGE';
  throw new FlowerPowerError({
    code,
    message: `There is no error code '${asked}'.`,
    hint: near ?? 'flowerpower explain lists all of them.',
  });
}

/** What an exit code says, as the help of the command does. */
const endings: Readonly<Record<number, string>> = {
  1: 'the run or check failed, or its results could not be written',
  2: 'usage or configuration, nothing was executed',
  124: 'the run timed out',
  130: 'ended by a signal',
};

function describe(found: ExplainedCode, { paint }: Terminal): string[] {
  const { exitCode } = found;
  return [
    `${paint('bold', found.code)}  ${paint('dim', found.package)}`,
    found.meaning,
    ...(exitCode === null ? [] : ['', `Exit code ${exitCode}: ${endings[exitCode]}.`]),
    ...(found.advice.length === 0 ? [] : ['', ...found.advice.map((line) => `  ${line}`)]),
  ];
}

function list(codes: readonly ExplainedCode[], { paint }: Terminal): string[] {
  const width = Math.max(...codes.map(({ code }) => code.length));
  return [...new Set(codes.map((each) => each.package))].flatMap((name, index) => [
    ...(index === 0 ? [] : ['']),
    paint('bold', name),
    ...codes
      .filter((each) => each.package === name)
      .map(({ code, meaning }) => `  ${code.padEnd(width)}  ${paint('dim', meaning)}`),
  ]);
}
