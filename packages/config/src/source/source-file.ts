import { codeFrame } from '@flowerpower/core';
import { hiddenParts, type Part } from './hidden-parts.js';

/** A text handed in for resolving. `file` is shown in errors and never opened. */
export interface ConfigText {
  readonly file: string;
  readonly text: string;
}

/** A text that knows the line and column of an offset. */
export interface SourceFile {
  readonly name: string;
  /** Without a byte order mark. */
  readonly text: string;
  /** Line and column of an offset, both from 1. The first call scans the text, later ones search. */
  position(offset: number): { readonly line: number; readonly column: number };
  /** Whether the offset lies in a value that no message may show. */
  hides(offset: number): boolean;
  /** The lines around an offset, without the values of `storageOptions`. */
  frame(offset: number): string;
}

export function createSourceFile({ file, text: given }: ConfigText): SourceFile {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
  let lineStarts: number[] | undefined;
  let hidden: readonly Part[] | undefined;
  const position = (offset: number) => {
    lineStarts ??= findLineStarts(text);
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - lineStarts[low]! + 1 };
  };
  const parts = () => (hidden ??= hiddenParts(text));
  return {
    name: file,
    text,
    position,
    hides: (offset) => parts().some(({ from, to }) => from <= offset && offset < to),
    frame(offset) {
      const { line, column } = position(offset);
      const lineStart = offset - column + 1;
      let shift = 0;
      for (const { from, to } of parts()) {
        if (from < lineStart) continue;
        if (from >= offset) break;
        // Within a part the position is where it begins.
        shift += to <= offset ? to - from - mark.length : offset - from;
      }
      return codeFrame(withoutParts(text, parts()), line, column - shift);
    },
  };
}

/** Stands for what is not shown. */
const mark = '…';

function withoutParts(text: string, parts: readonly Part[]): string {
  let shown = '';
  let at = 0;
  for (const { from, to } of parts) {
    shown += text.slice(at, from) + mark;
    at = to;
  }
  return shown + text.slice(at);
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
