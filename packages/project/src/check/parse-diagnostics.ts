/** Reads what `tsc --pretty false` prints. */

export interface Diagnostic {
  /** As printed: relative to the folder in which the compiler ran, or absolute. Absent for options and the like. */
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The number after `TS`. */
  readonly code: number;
  readonly message: string;
  /** The steps of the explanation below the message, outermost first, without their indentation. */
  readonly details: readonly string[];
}

const head = /^(?:(?<file>.+)\((?<line>\d+),(?<column>\d+)\): )?error TS(?<code>\d+): (?<message>.*)$/;

/** The errors in the order printed. Lines that belong to no error are left out. */
export function parseDiagnostics(output: string): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let details: string[] = [];
  for (const line of output.split(/\r?\n/)) {
    const { file, line: row, column, code, message } = head.exec(line)?.groups ?? {};
    if (code !== undefined && message !== undefined) {
      details = [];
      diagnostics.push({
        ...(file !== undefined && { file, line: Number(row), column: Number(column) }),
        code: Number(code),
        message,
        details,
      });
    } else if (/^\s+\S/.test(line)) {
      details.push(line.trim());
    } else {
      details = [];
    }
  }
  return diagnostics;
}
