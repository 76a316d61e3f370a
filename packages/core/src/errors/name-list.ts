import { shorten } from './shorten.js';

/** How many names a message lists before it only counts. */
export const maxNames = 10;

const maxLength = 100;

/**
 * Names for a message, quoted: `'a', 'b' and 19,990 more`. However many there are and however long, the text is short.
 *
 * @param max - how many are shown.
 */
export function nameList(names: Iterable<string>, max = maxNames): string {
  return boundedList(names, (name) => `'${name}'`, max);
}

/** As {@link nameList}, with each item written in another way. */
export function boundedList(
  items: Iterable<string>,
  write: (item: string) => string = (item) => item,
  max = maxNames,
): string {
  return listUpTo(max, items, (item) => write(shorten(item, maxLength)), ', ', ' ');
}

/** How many messages an error repeats of the problems that it stands for. */
const maxLines = 20;

/** Messages one below the other; of thousands the first twenty. */
export function lineList(messages: readonly string[]): string {
  return listUpTo(maxLines, messages, (message) => `  - ${message}`, '\n', '\n  ');
}

function listUpTo(
  max: number,
  items: Iterable<string>,
  write: (item: string) => string,
  between: string,
  beforeCount: string,
): string {
  const shown: string[] = [];
  let more = 0;
  for (const item of items) {
    if (shown.length < max) shown.push(write(item));
    else more++;
  }
  return shown.join(between) + (more === 0 ? '' : `${beforeCount}and ${more.toLocaleString('en')} more`);
}

/** `'a', 'b' or 'c'`, for texts that are few and short. */
export function anyOf(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop();
  return quoted[0] ? `${quoted.join(', ')} or ${last}` : `${last}`;
}
