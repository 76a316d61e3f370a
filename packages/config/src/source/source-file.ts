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
}

export function createSourceFile({ file, text: given }: ConfigText): SourceFile {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
  let lineStarts: number[] | undefined;
  return {
    name: file,
    text,
    position(offset) {
      lineStarts ??= findLineStarts(text);
      let low = 0;
      let high = lineStarts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (lineStarts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - lineStarts[low]! + 1 };
    },
  };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
