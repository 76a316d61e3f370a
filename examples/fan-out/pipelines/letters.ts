/**
 * A folder of letters, each read and measured on its own. The functions between `file` and the nodes that `collect`
 * are written for one letter; they run once for each.
 */
import { collect, from, loadFrom, node, parallelizable, saveTo, source, to } from 'flowerpower';

/** The paths of the letters. Whatever uses `file` runs once for each of them. */
export const file = node(
  ({ files }: { files: readonly string[] }): readonly string[] => files,
  parallelizable(),
);

/** The words of a letter, in lower case. The letter is loaded from the path that `file` gives. */
export const words = node(
  ({ letter }: { letter: string }): string[] => letter.toLowerCase().match(/\p{L}+/gu) ?? [],
  loadFrom({ letter: from.text({ path: source('file') }) }),
);

/** What is known of one letter. */
export interface Facts {
  readonly file: string;
  readonly words: number;
  readonly differentWords: number;
  readonly longestWord: string;
  readonly readingSeconds: number;
}

/**
 * Measures one letter. It waits 0.3 seconds to stand for work that takes long, so that you can see letters overlap, and
 * see what the cache saves.
 */
export async function facts({ file, words }: { file: string; words: readonly string[] }): Promise<Facts> {
  if (words.length === 0) throw new Error('There is nothing in this letter.');
  await new Promise((resolve) => setTimeout(resolve, 300));
  return {
    file,
    words: words.length,
    differentWords: new Set(words).size,
    longestWord: words.reduce((longest, word) => (word.length > longest.length ? word : longest)),
    readingSeconds: Math.ceil((words.length / 200) * 60),
  };
}

/** The facts of all letters that have any, the longest letter first. Saved where `save.summary` is asked for. */
export const summary = node(
  ({ facts }: { facts: readonly PromiseSettledResult<Facts>[] }): Facts[] =>
    facts
      .flatMap((letter) => (letter.status === 'fulfilled' ? [letter.value] : []))
      .toSorted((a, b) => b.words - a.words),
  collect('facts', { onItemError: 'collect' }),
  saveTo(to.csv({ path: 'output/summary.csv' })),
);

/** Why the others have none. A letter that fails is a value here, and fails nothing else. */
export const problems = node(
  ({ facts }: { facts: readonly PromiseSettledResult<Facts>[] }): string[] =>
    facts.flatMap((letter) => (letter.status === 'rejected' ? [(letter.reason as Error).message] : [])),
  collect('facts', { onItemError: 'collect' }),
);

/** The `count` most common words of at least `least` letters, in all letters together. */
export const commonWords = node(
  ({
    words,
    count = 5,
    least = 4,
  }: {
    words: readonly string[][];
    count?: number;
    least?: number;
  }): string[] => {
    const counts = new Map<string, number>();
    for (const word of words.flat()) {
      if (word.length >= least) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return [...counts]
      .toSorted(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))
      .slice(0, count)
      .map(([word, times]) => `${word} (${times})`);
  },
  collect('words'),
);
