/**
 * A text from the environment, as it reads once a path was made of it: resolved, percent-encoded in a URI, or cut off at a
 * folder, as the hint does that says what to allow; as requests carry it: percent-encoded, in a form, in base64; and as
 * logs show it: in quotes, without the white space around it, or line by line.
 */

import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

/** Characters. A shorter text would be found inside ordinary words. */
export const minLength = 6;

export interface Spellings {
  /** Recognised wherever they stand. */
  readonly anywhere: readonly string[];
  /** Names of folders and files; recognised only in a path, since many are ordinary words. */
  readonly names: readonly string[];
}

/** Each of at least six characters, in no order. */
export function spellingsOf(text: string): Spellings {
  const wholes = long([text, text.trim(), decoded(text)]);
  // What is long enough as a whole is looked for in its lines as well: much is printed line by line.
  const lines = long(wholes.flatMap(linesOf));
  const each = long([...wholes, ...lines]);
  const names = lines
    .filter((line) => /[/\\]/.test(line))
    .flatMap((line) => line.split(/[/\\]+/))
    .flatMap((name) => [name, encoded(name), ...quotedWays(name)]);
  const anywhere = each.flatMap((part) => [part, encoded(part), ...quotedWays(part), ...inRequests(part)]);
  return { anywhere: long([...anywhere, ...wholes.flatMap(inBase64)]), names: long(names) };
}

/** The lines of a text; of keys also those that are written in one, with `\n` between them. */
function linesOf(text: string): string[] {
  const lines = text.split(/[\n\r\v\f\u0085\u2028\u2029]+/);
  const parts = text.includes('-----BEGIN ') ? lines.flatMap((line) => line.split(/\\+[nr]/)) : [];
  return [...lines, ...parts].map((line) => line.trim());
}

function long(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text.length >= minLength);
}

/** Nothing in it has to be escaped in quotes or in the URI of a file; most lines of a key are like this. */
const isPlain = /^[\w+/=-]*$/;

/** As URIs of files write it. */
function encoded(text: string): string {
  if (isPlain.test(text)) return text;
  return text.split('/').map(encodedName).join('/');
}

function encodedName(name: string): string {
  // Dots would be resolved.
  if (/^\.{0,2}$/.test(name)) return name;
  const { href } = pathToFileURL(`/${name}`);
  return href.slice(href.lastIndexOf('/') + 1);
}

/** What a `file:` URI means. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Characters. The encoding of a shorter text would be found by chance. */
const minCarried = 8;

/** As URLs and forms have it. */
function inRequests(text: string): string[] {
  if (text.length < minCarried) return [];
  const form = new URLSearchParams({ x: text }).toString().slice(2);
  // Half a character has no encoding.
  return [form, encodeURIComponent(Buffer.from(text).toString())];
}

/** As headers have it. It may stand anywhere in a longer text, such as `user:password`. */
function inBase64(text: string): string[] {
  if (text.length < minCarried) return [];
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.from(`${' '.repeat(offset)}${text}`);
    const first = Math.ceil((offset * 4) / 3);
    // What stands before and after decides about the characters that it shares with the text.
    const inner = bytes.toString('base64').slice(first, Math.floor((bytes.length * 4) / 3));
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** As hints and JSON write what needs quotes, JSON within JSON, `inspect` of Node, and the shell. */
function quotedWays(text: string): string[] {
  if (isPlain.test(text)) return [];
  const json = inJson(text);
  // Which quotes `inspect` takes depends on the whole text; with all three kinds in it, it escapes the single ones.
  const all = `'"\``;
  const single = inspect(all + text, { breakLength: Infinity, maxStringLength: null }).slice(
    all.length + 2,
    -1,
  );
  const double = single.replaceAll(String.raw`\'`, "'");
  return [json, inJson(json), single, double, inJson(single), inJson(double), text.replaceAll("'", `'\\''`)];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** No file system has longer names. */
const maxNameLength = 255;

/** True where a text goes on with a name of a path: since the last slash or quote there is no white space. */
export function isInPath(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - maxNameLength), at);
  return /[/\\'"][^/\\'"\s]*$/.test(before);
}
