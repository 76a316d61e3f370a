import { maskStrings } from '@flowerpower/runtime';
import { errorDocument, renderError } from './error.js';
import type { Terminal } from '../terminal/terminal.js';

export interface OneDocument {
  readonly terminal: Terminal;
  /** Prints an error that ends the command: as the document of `--json`, or for people. */
  report(error: unknown, exitCode: number): void;
}

/** The terminal of one command, which prints one document at most. */
export function withOneDocument(made: Omit<Terminal, 'describeErrors'>, json: boolean): OneDocument {
  let isDocumented = false;
  let factsOf = (_exitCode: number): object => ({});
  const terminal: Terminal = {
    ...made,
    document(text) {
      isDocumented = true;
      made.document(text);
    },
    describeErrors: (facts) => void (factsOf = facts),
  };
  return {
    terminal,
    report(error, exitCode) {
      made.flushPrints();
      // After a document that stands nothing may follow.
      if (!json || isDocumented) return made.err(renderError(error, made));
      const document = {
        ...factsOf(exitCode),
        ...maskStrings(errorDocument(error, exitCode, made.cwd), made.mask),
      };
      terminal.document(JSON.stringify(document, undefined, 2));
    },
  };
}
