import type { LineSubject } from './line-subject.js';

/** The text of a shadow program while it is written, line by line. */
export interface ShadowText {
  readonly lines: readonly string[];
  /** What a line is about, by line number counted from 1. */
  readonly subjects: ReadonlyMap<number, LineSubject>;
  write(line: string, subject?: LineSubject): void;
  /** Lines of our own. */
  writeLines(text: string): void;
}

export function createShadowText(): ShadowText {
  const lines: string[] = [];
  const subjects = new Map<number, LineSubject>();
  const write: ShadowText['write'] = (line, subject) => {
    lines.push(line);
    if (subject !== undefined) subjects.set(lines.length, subject);
  };
  return {
    lines,
    subjects,
    write,
    writeLines(text) {
      for (const line of text.trim().split('\n')) write(line);
    },
  };
}
