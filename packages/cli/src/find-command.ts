/** From the words of a command line to the command that they name, or the commands that they may mean. */
import type { Command } from 'commander';
import { suggest } from '@flowerpower/core';

export interface FoundCommand {
  readonly command: Command;
  /** What follows the names of commands. */
  readonly rest: readonly string[];
}

/** Goes down from group to command as long as the words are names of commands. */
export function findCommand(program: Command, words: readonly string[]): FoundCommand {
  let command = program;
  let at = 0;
  for (; at < words.length; at++) {
    const next = command.commands.find((child) => namesOf(child).includes(words[at]!));
    if (next === undefined) break;
    command = next;
  }
  return { command, rest: words.slice(at) };
}

/** `flowerpower pipeline run`. */
export function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name());
  return names.join(' ');
}

/** Other tools' words for what a command does here. */
const synonyms: Readonly<Record<string, string>> = { list: 'ls', draw: 'show-dag', create: 'new' };

/** Command lines that may have been meant by an unknown word: the same word in another group, else a similar one. */
export function meantBy(program: Command, group: Command, [word, ...more]: readonly string[]): string[] {
  const all = program.commands.flatMap((child) => [child, ...child.commands]);
  const wanted = [word!, synonyms[word!]];
  const same = all.filter((command) => namesOf(command).some((name) => wanted.includes(name)));
  const [near] = suggest(word!, [...group.commands, ...all].flatMap(namesOf));
  const similar = [...group.commands, ...all].find((command) => namesOf(command).includes(near ?? ''));
  const found = same.length > 0 || similar === undefined ? same : [similar];
  return found.map((command) => [pathOf(command), ...operandsOf(more)].join(' '));
}

/** The words that are not options. */
export function operandsOf(words: readonly string[]): string[] {
  return words.filter((word) => !word.startsWith('-'));
}

function namesOf(command: Command): string[] {
  return [command.name(), ...command.aliases()];
}
