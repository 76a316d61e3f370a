import type { Command } from 'commander';
import { candidatesFor } from '../completion/candidates.js';
import { projectSources } from '../completion/project-sources.js';
import { scripts } from '../completion/scripts.js';
import type { Shell } from '../completion/shells.js';
import { success } from '../errors/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';
import { type CommonOptions, printJson } from './options.js';

export async function completion(shell: Shell, { json }: CommonOptions, terminal: Terminal): Promise<number> {
  const script = scripts[shell];
  if (json) printJson(terminal, { shell, script });
  else terminal.document(script.trimEnd());
  return success;
}

/** @param words - those up to the cursor, behind the name of the program. */
export async function complete(
  program: Command,
  words: readonly string[],
  { blank }: { readonly blank?: boolean },
  terminal: Terminal,
): Promise<number> {
  const all = blank === true ? [...words, ''] : words;
  const found = await candidatesFor(program, all, projectSources(all, terminal.env));
  const lines = found.map(({ value, what }) => (what === undefined ? value : `${value}  -- ${what}`));
  if (lines.length > 0) terminal.document(lines.join('\n'));
  return success;
}
