/**
 * Makes text from users' code (names, types, docs, values) safe to place in any format: what is left cannot
 * break a line, move a terminal's cursor, reverse the reading direction of its surroundings or be illegal in XML.
 * Each format still escapes its own special characters.
 */

const lineBreaks = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

// Controls, lone surrogates, non-characters, and the marks that reorder text ("Trojan Source", CVE-2021-42574).
const unprintable = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

/** Text on one line; every run of white space is one space, what cannot be printed is U+FFFD. */
export function plainLine(text: string): string {
  return text.replace(lineBreaks, ' ').replace(/\s+/g, ' ').trim().replace(unprintable, '\uFFFD');
}

/** Like {@link plainLine}, keeping the line breaks (as `\n`) and the indentation. */
export function plainLines(text: string): string {
  return text
    .replace(lineBreaks, '\n')
    .split('\n')
    .map((line) => line.replace(/\t/g, '  ').trimEnd().replace(unprintable, '\uFFFD'))
    .join('\n')
    .trim();
}

/** At most `limit` characters (code points, at least 1); what was cut is shown as `…`. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = Array.from(text);
  return characters.length <= limit
    ? text
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}
