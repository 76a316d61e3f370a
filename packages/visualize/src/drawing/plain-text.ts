import { printable } from '@flowerpower/core';

/**
 * Makes text from users' code (names, types, docs, values) safe to place in any format: what is left cannot
 * break a line, move a terminal's cursor, reverse the reading direction of its surroundings or be illegal in XML.
 * Each format still escapes its own special characters.
 */

const lineBreaks = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** Text on one line; every run of white space is one space, the rest is as {@link printable} has it. */
export function plainLine(text: string): string {
  return printable(text.replace(lineBreaks, ' ').replace(/\s+/g, ' ').trim());
}

/** Like {@link plainLine}, keeping the line breaks (as `\n`) and the indentation. */
export function plainLines(text: string): string {
  return text
    .replace(lineBreaks, '\n')
    .split('\n')
    .map((line) => printable(line.replace(/\t/g, '  ').trimEnd()))
    .join('\n')
    .trim();
}
