import type { Command, CommanderError } from 'commander';
import { FlowerPowerError } from '@flowerpower/core';
import { meantBy, pathOf } from '../find-command.js';
import type { CliErrorCode } from './catalogue.js';

const code: CliErrorCode = 'FP_CLI_USAGE';

/** What the parser of the command line complains about, in our words. */
export function usageError({ message, code: kind }: CommanderError, command: Command): FlowerPowerError {
  if (kind === 'commander.conflictingOption') {
    const flags = [...message.matchAll(/option '(--[\w-]+)/g)].map(([, flag]) => flag);
    return new FlowerPowerError({
      code,
      message: `${flags.join(' and ')} are given together.`,
      hint: 'Keep one of them.',
    });
  }
  const [, text = '', suggestion] = /^(?:error: )?(.*?)(?:\n\((Did you mean .*)\))?$/s.exec(message) ?? [];
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return new FlowerPowerError({
    code,
    message: /[.!?]$/.test(sentence) ? sentence : `${sentence}.`,
    hint: suggestion ?? `${optionsOf(command, sentence)}See ${pathOf(command)} --help.`,
  });
}

/** Nothing is like a single letter: the options themselves are shown, where they are few. */
function optionsOf({ options }: Command, sentence: string): string {
  if (!/^Unknown option '-[^-]/.test(sentence) || options.length > 10) return '';
  return `Options: ${options.map(({ flags }) => flags).join(', ')}. `;
}

/** @param words - the unknown one first. */
export function unknownCommand(program: Command, group: Command, words: readonly string[]): FlowerPowerError {
  const meant = meantBy(program, group, words).map((line) => `'${line}'`);
  return new FlowerPowerError({
    code,
    message: `Unknown command '${words[0]}'.`,
    hint: meant.length === 0 ? `See ${pathOf(group)} --help.` : `Did you mean ${meant.join(' or ')}?`,
  });
}
