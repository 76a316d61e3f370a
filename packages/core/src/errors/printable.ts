/**
 * What a text from outside must not do to whoever reads it in a terminal: move the cursor, set the window title,
 * fill the clipboard, start a new line, reverse the reading direction ("Trojan Source", CVE-2021-42574) or hide.
 *
 * C0, DEL and C1; line and paragraph separators; lone surrogates; every format character except the Arabic and
 * Kaithi signs that are visible; fillers that show as nothing. The two joiners stay between letters and pictures
 * that are not ASCII, where scripts and emoji need them.
 */
const unprintable =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0\ufffe\uffff]|\u034f|\u17b4|\u17b5|(?![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u200c\u200d])\p{Cf}/gu;

const loneJoiners = /(?<=[\0-\x7f]|^)[\u200c\u200d]+|[\u200c\u200d]+(?=[\0-\x7f]|$)/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text on one line, safe to print for people: what could act on a terminal, reorder the text or hide in it is shown
 * as JSON would write it, `\n` or `\u001b`. JSON in which no such character is left means the same as before.
 *
 * @example
 * ```ts
 * import { printable } from '@flowerpower/core';
 *
 * printable('a\u001b[2Jb'); // 'a\\u001b[2Jb'
 * ```
 */
export function printable(text: string): string {
  return text
    .replace(unprintable, (match) => short[match] ?? escapeUnits(match))
    .replace(loneJoiners, escapeUnits);
}

function escapeUnits(match: string): string {
  return Array.from(
    { length: match.length },
    (_, at) => `\\u${match.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
