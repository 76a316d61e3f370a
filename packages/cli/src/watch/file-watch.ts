/** Which of some files changed. They are looked at again and again: that works in containers and on network disks, too. */
import type { Stats } from 'node:fs';

export interface FileWatch {
  /** The files that changed, appeared or went away since the last look. The first look at a file finds no change. */
  changed(): Promise<string[]>;
  /** Looks at these files from now on. What is known of a file stays known. */
  set(files: Iterable<string>): Promise<void>;
}

type Facts = Pick<Stats, 'mtimeMs' | 'size' | 'ino'>;

/** @param factsOf - undefined for a file that is not there. */
export function watchFiles(factsOf: (file: string) => Promise<Facts | undefined>): FileWatch {
  const known = new Map<string, string>();
  const stampOf = async (file: string) => {
    const facts = await factsOf(file);
    return facts === undefined ? '' : `${facts.mtimeMs} ${facts.size} ${facts.ino}`;
  };
  return {
    async changed() {
      const found: string[] = [];
      for (const [file, before] of known) {
        const now = await stampOf(file);
        if (now === before) continue;
        known.set(file, now);
        found.push(file);
      }
      return found;
    },
    async set(files) {
      const wanted = new Set(files);
      for (const file of known.keys()) if (!wanted.has(file)) known.delete(file);
      for (const file of wanted) if (!known.has(file)) known.set(file, await stampOf(file));
    },
  };
}
