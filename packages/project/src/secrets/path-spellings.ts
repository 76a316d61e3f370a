/**
 * A text from the environment, as it reads once a path was made of it: resolved, percent-encoded in a URI, or cut off at a
 * folder, as the hint does that says what to allow; and as requests carry it: percent-encoded, in a form, in base64.
 */

import { pathToFileURL } from 'node:url';

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
  const plain = [text, decoded(text)];
  const anywhere = plain.flatMap((each) => [each, encoded(each), quoted(each)]).concat(carried(text));
  const names = plain
    .filter((each) => /[/\\]/.test(each))
    .flatMap((each) => each.split(/[/\\]+/))
    .flatMap((name) => [name, encoded(name), quoted(name)]);
  return { anywhere: long(anywhere), names: long(names) };
}

function long(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text.length >= minLength);
}

/** As URIs of files write it. */
function encoded(text: string): string {
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

/** As URLs, forms and headers have it. In base64 it may stand anywhere in a longer text, such as `user:password`. */
function carried(text: string): string[] {
  if (text.length < minCarried) return [];
  const form = new URLSearchParams({ x: text }).toString().slice(2);
  // Half a character has no encoding.
  const component = encodeURIComponent(Buffer.from(text).toString());
  const base64 = [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.from(`${' '.repeat(offset)}${text}`);
    const first = Math.ceil((offset * 4) / 3);
    // What stands before and after decides about the characters that it shares with the text.
    const inner = bytes.toString('base64').slice(first, Math.floor((bytes.length * 4) / 3));
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [form, component, ...base64];
}

/** As hints write what needs quotes. */
function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** No file system has longer names. */
const maxNameLength = 255;

/** True where a text goes on with a name of a path: since the last slash or quote there is no white space. */
export function isInPath(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - maxNameLength), at);
  return /[/\\'"][^/\\'"\s]*$/.test(before);
}
